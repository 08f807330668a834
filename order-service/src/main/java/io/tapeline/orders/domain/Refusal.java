package io.tapeline.orders.domain;

import java.time.Instant;

/**
 * The venue would not change or cancel an order: asked again later, and not for ever.
 *
 * @param count refusals since something last went through
 */
public record Refusal(int count, Instant at) {
  /** Beyond that the order is left to a person. */
  static final int MOST = 8;

  Refusal again(Instant newAt) {
    return new Refusal(count + 1, newAt);
  }

  /** One second after the first, two after the second, and so on up to half a minute. */
  boolean mayTryAt(Instant now) {
    return count < MOST && !now.isBefore(at.plusSeconds(Math.min(30, 1L << (count - 1))));
  }
}
