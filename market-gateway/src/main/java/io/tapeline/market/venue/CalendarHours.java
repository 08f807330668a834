package io.tapeline.market.venue;

import io.tapeline.bars.SessionCalendar;
import io.tapeline.market.sim.domain.TradingHours;
import io.tapeline.model.TradingCalendar;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hours of an exchange as the catalogue has them, without the holidays and after the early
 * closes that {@link TradingCalendar} knows.
 */
public record CalendarHours(SessionCalendar calendar) implements TradingHours {
  /** Changes of either calendar in between two of both: a few a day, over the longest holidays. */
  private static final int MOST_STEPS = 64;

  @Override
  public boolean isOpen(Instant at) {
    return calendar.isOpen(at) && TradingCalendar.session(at) != TradingCalendar.Session.CLOSED;
  }

  @Override
  public Optional<Instant> nextChange(Instant after) {
    boolean open = isOpen(after);
    var at = after;
    for (int step = 0; step < MOST_STEPS; step++) {
      at = nextOfEither(at);
      if (isOpen(at) != open) return Optional.of(at);
    }
    throw new IllegalStateException("hours that do not change after " + after);
  }

  private Instant nextOfEither(Instant after) {
    var day = TradingCalendar.day(after);
    return Stream.of(calendar.nextChange(after), day.start(), day.close(), day.end())
        .filter(each -> each.isAfter(after))
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
