package io.tapeline.bridge.fanout.domain;

/**
 * One frame under construction: slices are copied into a buffer that is used again for the next
 * client. Belongs to one thread.
 */
public abstract sealed class Frame permits TextFrame, BinaryFrame {
  /** A frame that long is sent; the rest goes into the next one. */
  static final int FULL_BYTES = 64 * 1024;

  final Bytes out = new Bytes();
  private int items;
  private long now;
  private long oldest;

  /** Starts a new frame, forgetting the last one. */
  final void begin(Stamp stamp, boolean conflated, Told told) {
    out.clear();
    items = 0;
    now = stamp.millis();
    oldest = Cell.UNTIMED;
    open(stamp, conflated, told);
  }

  final void control(byte[] json) {
    items++;
    writeControl(json);
  }

  final void value(Cell.Value value, long merged, boolean snapshot) {
    if (!snapshot) oldest = Math.min(oldest, value.taken());
    item(value.item(), merged, value.at(), snapshot, 0);
  }

  final void value(Ring.Entry entry, boolean snapshot, long lost) {
    item(entry.item(), 1, entry.atMillis(), snapshot, lost);
  }

  final void value(BarChannel.Change change, long merged, boolean snapshot) {
    item(change.item(), merged, change.atMillis(), snapshot, 0);
  }

  private void item(Item item, long merged, long atMillis, boolean snapshot, long lost) {
    items++;
    writeItem(item, merged, Math.max(0, now - atMillis), snapshot, lost);
  }

  abstract void open(Stamp stamp, boolean conflated, Told told);

  abstract void writeControl(byte[] json);

  abstract void writeItem(Item item, long merged, long age, boolean snapshot, long lost);

  /** Closes the frame; its bytes are {@link #bytes()} up to {@link #length()}. */
  abstract void end();

  public abstract boolean isBinary();

  final boolean isEmpty() {
    return items == 0;
  }

  final boolean isFull() {
    return out.length() >= FULL_BYTES;
  }

  public final int items() {
    return items;
  }

  /** How long the value that waited longest did so; below zero: none of them is timed. */
  public final long longestWait(long nowMicros) {
    return oldest == Cell.UNTIMED ? -1 : Math.max(0, nowMicros - oldest);
  }

  public final byte[] bytes() {
    return out.array();
  }

  public final int length() {
    return out.length();
  }

  /** Somebody else keeps the bytes: the next frame is built elsewhere. */
  public final void giveAway() {
    out.giveAway();
  }
}
