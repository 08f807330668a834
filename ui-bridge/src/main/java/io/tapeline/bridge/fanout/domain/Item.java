package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One item as it is sent, encoded once for all clients. What differs from client to client comes
 * between the two parts: how many updates are merged, and how old the newest of them is.
 *
 * @param head up to the number of merged updates
 * @param tail from the data on
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares items
record Item(byte[] head, byte[] tail) {
  private static final byte[] MERGED = Text.utf8(",\"n\":");
  private static final byte[] DATA = Text.utf8(",\"data\":");
  private static final byte[] NULL = Text.utf8("null");
  private static final byte[] END = Text.utf8("}");

  /**
   * @param key the item up to its version, the same for every value of the key
   * @param data JSON as it came from the tape; null: the key is gone
   */
  static Item of(byte[] key, String version, byte @Nullable [] data) {
    return new Item(
        join(key, Text.utf8(version), MERGED), join(DATA, data == null ? NULL : data, END));
  }

  /** What it is about. */
  byte[] data() {
    return Arrays.copyOfRange(tail, DATA.length, tail.length - END.length);
  }

  private static byte[] join(byte[] first, byte[] second, byte[] third) {
    var joined = new byte[first.length + second.length + third.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    System.arraycopy(third, 0, joined, first.length + second.length, third.length);
    return joined;
  }
}
