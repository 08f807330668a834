package io.tapeline.market.sim.domain;

import java.time.Instant;
import java.util.Optional;

/** When a contract trades, in venue time. */
public interface TradingHours {
  /** Round the clock, one session without an end. */
  TradingHours ALWAYS =
      new TradingHours() {
        @Override
        public boolean isOpen(Instant at) {
          return true;
        }

        @Override
        public Optional<Instant> nextChange(Instant after) {
          return Optional.empty();
        }
      };

  boolean isOpen(Instant at);

  /** The next moment at which a session begins or ends; empty where none ever does. */
  Optional<Instant> nextChange(Instant after);

  /** The first end of a session after a moment; empty where there is none. */
  default Optional<Instant> nextClose(Instant after) {
    var next = nextChange(after);
    return next.isPresent() && isOpen(next.get()) ? nextChange(next.get()) : next;
  }
}
