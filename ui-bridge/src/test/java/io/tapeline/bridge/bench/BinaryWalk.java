package io.tapeline.bridge.bench;

/** Goes from value to value of a frame of {@code tapeline.v1.bin} in which rows are quotes. */
final class BinaryWalk {
  private static final int AT = 6;
  private static final int FIELDS = 9;

  private final byte[] bytes;
  private final int end;
  private int position;
  private long atMicros;

  BinaryWalk(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.end = end;
    position = start;
    int flags = bytes[position++];
    count();
    if ((flags & 2) != 0) skip();
  }

  /** False: that was the last one. */
  boolean next() {
    while (position < end) {
      int tag = bytes[position++] & 0xff;
      if (tag >= 0x80) {
        value(tag);
        return true;
      }
      if (tag == 1) {
        count();
        skip();
        count();
        count();
      } else skip();
    }
    return false;
  }

  /** When the quote was made; 0: it is none, or does not say. */
  long atMicros() {
    return atMicros;
  }

  private void value(int tag) {
    atMicros = 0;
    count();
    count();
    count();
    if ((tag & 0x20) != 0) count();
    if ((tag & 0x04) != 0) skip();
    count();
    if ((tag & 0x08) != 0) count();
    if ((tag & 0x01) != 0) quote();
    else if ((tag & 0x02) == 0) skip();
  }

  private void quote() {
    long present = count();
    for (int field = 0; field < FIELDS; field++) {
      if ((present & 2L << field) == 0) continue;
      long value = count();
      if (field == AT) atMicros = value / 2;
    }
  }

  private void skip() {
    position += (int) count();
  }

  private long count() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte octet = bytes[position++];
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) return value;
    }
  }
}
