package io.tapeline.bridge.fanout.domain;

import org.jspecify.annotations.Nullable;

/**
 * What the bridge says about a subscription, rather than about the market.
 *
 * @param op subscribed, resumed, snapshot, resync, pong or error
 * @param id of the client's message that this answers
 * @param v the cursor that the channel stands at: what to resume from even if no item follows
 */
public record Control(
    String op, @Nullable Long id, @Nullable String ch, @Nullable String reason, @Nullable Long v) {
  public static Control subscribed(@Nullable Long id) {
    return new Control("subscribed", id, null, null, null);
  }

  public static Control pong(@Nullable Long id) {
    return new Control("pong", id, null, null, null);
  }

  public static Control error(@Nullable Long id, @Nullable String channel, String reason) {
    return new Control("error", id, channel, reason, null);
  }

  /** All that is known of the channel is void; the items marked {@code snap} that follow are it. */
  static Control snapshot(ChannelName channel, @Nullable Long cursor) {
    return new Control("snapshot", null, channel.toString(), null, cursor);
  }

  /** What follows joins what the client has. */
  static Control resumed(ChannelName channel, long cursor) {
    return new Control("resumed", null, channel.toString(), null, cursor);
  }

  /** Something was missed; a snapshot is on its way. */
  static Control resync(ChannelName channel, String reason) {
    return new Control("resync", null, channel.toString(), reason, null);
  }

  byte[] bytes() {
    var json = new StringBuilder(64).append("{\"op\":").append(Text.quoted(op));
    if (id != null) json.append(",\"id\":").append(id.longValue());
    if (ch != null) json.append(",\"ch\":").append(Text.quoted(ch));
    if (reason != null) json.append(",\"reason\":").append(Text.quoted(reason));
    if (v != null) json.append(",\"v\":").append(v.longValue());
    return Text.utf8(json.append('}').toString());
  }
}
