package io.tapeline.bridge.fanout.domain;

/** One client's place in one channel. */
sealed interface Feed permits StateFeed, RingFeed {
  ChannelName name();

  /** Whether there is something the client has not been sent. */
  boolean hasNews();

  /** Adds what the client has not been sent; false when the frame is full and more is to come. */
  boolean write(Frame frame);
}
