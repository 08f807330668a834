package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.Nullable;

/**
 * What an item is about.
 *
 * @param name within its channel; null where the channel is of one thing
 * @param head the item's JSON up to its version
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares keys
record ItemKey(ChannelName channel, byte @Nullable [] name, byte[] head) {
  static ItemKey of(ChannelName channel, @Nullable String name) {
    return new ItemKey(
        channel, name == null ? null : Text.utf8(name), Text.utf8(Text.itemHead(channel, name)));
  }
}
