package io.tapeline.bridge.fanout.domain;

/** One client's place in one channel. */
sealed interface Feed permits StateFeed, BarFeed, RingFeed {
  ChannelName name();

  /** Whether there is something the client has not been sent. */
  boolean hasNews();

  /** The client follows it no longer. */
  default void end() {}

  /** Adds what the client has not been sent; false when the frame is full and more is to come. */
  boolean write(Frame frame);
}
