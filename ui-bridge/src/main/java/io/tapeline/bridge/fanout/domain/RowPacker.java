package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.Nullable;

/** Makes short what can be. */
@FunctionalInterface
public interface RowPacker {
  /**
   * A row by the fields that its channel's rows have.
   *
   * @param row JSON
   * @return null where it would not be unpacked as the very same row
   */
  byte @Nullable [] pack(ChannelCode channel, byte[] row);
}
