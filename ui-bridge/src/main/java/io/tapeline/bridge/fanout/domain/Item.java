package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One item as it is sent, encoded once for all clients, and in binary once the first client wants
 * that. What differs from client to client comes between the two parts: how many updates are
 * merged, and how old the newest of them is.
 */
final class Item {
  private static final byte[] MERGED = Text.utf8(",\"n\":");
  private static final byte[] DATA = Text.utf8(",\"data\":");
  private static final byte[] NULL = Text.utf8("null");
  private static final byte[] END = Text.utf8("}");

  private final ItemKey key;
  private final Version version;
  private final boolean isGone;
  private final byte[] head;
  private final byte[] tail;

  /** Written by any loop, with the same result; so nobody has to wait. */
  private volatile @Nullable Packed packed;

  private Item(ItemKey key, Version version, boolean isGone, byte[] head, byte[] tail) {
    this.key = key;
    this.version = version;
    this.isGone = isGone;
    this.head = head;
    this.tail = tail;
  }

  /**
   * @param data JSON as it came from the tape; null: the key is gone
   */
  static Item of(ItemKey key, Version version, byte @Nullable [] data) {
    return new Item(
        key,
        version,
        data == null,
        join(key.head(), Text.utf8(version.toString()), MERGED),
        join(DATA, data == null ? NULL : data, END));
  }

  /** Its JSON up to the number of merged updates. */
  byte[] head() {
    return head;
  }

  /** Its JSON from the data on. */
  byte[] tail() {
    return tail;
  }

  /** What it is about. */
  byte[] data() {
    return Arrays.copyOfRange(tail, DATA.length, tail.length - END.length);
  }

  /**
   * An item of a binary frame.
   *
   * @param tag its first byte, without what is the client's own
   * @param body what follows the numbers that differ from client to client
   */
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares them
  record Packed(ChannelCode channel, int tag, byte[] body) {}

  Packed packed(Codebook codebook) {
    var known = packed;
    if (known == null) packed = known = pack(codebook);
    return known;
  }

  private Packed pack(Codebook codebook) {
    var channel = codebook.of(key.channel());
    var row = isGone ? null : codebook.packed(channel, data());
    var body = new Bytes(row == null ? 64 + tail.length : 64 + row.length);
    int tag = BinaryFrame.VALUE;
    var name = key.name();
    if (name != null) {
      tag |= BinaryFrame.NAMED;
      body.text(name);
    }
    body.signed(version.seq());
    if (version.mark() >= 0) {
      tag |= BinaryFrame.MARKED;
      body.signed(version.mark());
    }
    if (row != null) {
      tag |= BinaryFrame.PACKED;
      body.put(row);
    } else if (isGone) tag |= BinaryFrame.GONE;
    else body.text(data());
    return new Packed(channel, tag, body.copy());
  }

  private static byte[] join(byte[] first, byte[] second, byte[] third) {
    var joined = new byte[first.length + second.length + third.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    System.arraycopy(third, 0, joined, first.length + second.length, third.length);
    return joined;
  }
}
