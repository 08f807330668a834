package io.tapeline.market.replay.domain;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import java.time.Instant;

/**
 * What reached a replay from outside, and where: with the recordings, all that its fills follow
 * from.
 */
public sealed interface ReplayInput {
  /** {@link Replay#position()} when it came. */
  long position();

  /** The venue time when it came. */
  Instant at();

  record Place(long position, Instant at, NewOrder order) implements ReplayInput {}

  record Replace(long position, Instant at, ReplaceOrder replace) implements ReplayInput {}

  record Cancel(long position, Instant at, CancelOrder cancel) implements ReplayInput {}
}
