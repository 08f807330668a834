package io.tapeline.bridge.fanout.domain;

import java.util.BitSet;

/** What one client knows that binary frames say only once. */
final class Told {
  private final BitSet channels = new BitSet();
  private boolean epoch;

  boolean knowsEpoch() {
    return epoch;
  }

  void epochTold() {
    epoch = true;
  }

  /** Whether the client is yet to be told of the channel; it is from now on. */
  boolean isNew(ChannelCode channel) {
    if (channels.get(channel.number())) return false;
    channels.set(channel.number());
    return true;
  }
}
