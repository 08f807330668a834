package io.tapeline.bridge.fanout.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one user and one connection may take. */
@ConfigMapping(prefix = "tapeline.fanout")
public interface FanoutConfig {
  @WithDefault("20")
  int connectionsPerUser();

  @WithDefault("512")
  int channelsPerConnection();

  @WithDefault("16384")
  int largestMessage();

  /** Messages from a client: so many at once, and then so many a second. */
  @WithDefault("200")
  int messagesAtOnce();

  @WithDefault("20")
  int messagesPerSecond();

  /** A connection on which nothing comes in for that long, not even a pong, is over. */
  @WithDefault("60s")
  Duration idle();

  /** What the kernel may hold for a slow reader: the more, the older what it reads. */
  @WithDefault("98304")
  int sendBuffer();

  @WithDefault("65536")
  int writeQueue();
}
