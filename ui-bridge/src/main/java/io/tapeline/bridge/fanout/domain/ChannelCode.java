package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.Nullable;

/**
 * What stands for a channel in binary frames. Never changes: a contract whose tick changes has
 * another one from then on.
 *
 * @param tick of the channel's contract; null where it has none, or none that is known
 * @param definition the item that tells a client of it
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares codes
public record ChannelCode(int number, ChannelName name, @Nullable Tick tick, byte[] definition) {
  static ChannelCode of(int number, ChannelName name, @Nullable Tick tick) {
    var item = new Bytes(64);
    item.put(BinaryFrame.CHANNEL);
    item.count(number);
    item.text(Text.utf8(name.toString()));
    item.count(tick == null ? 0 : tick.unscaled());
    item.count(tick == null ? 0 : tick.scale());
    return new ChannelCode(number, name, tick, item.copy());
  }
}
