package io.tapeline.bridge.fanout.domain;

/** What clients subscribe to. */
public sealed interface Channel permits StateChannel, BarChannel, Ring {
  ChannelName name();
}
