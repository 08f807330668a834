package io.tapeline.market.venue;

import io.tapeline.bars.SessionCalendar;
import io.tapeline.market.sim.domain.TradingHours;
import java.time.Instant;
import java.util.Optional;

/** The regular hours of an exchange, holidays not known. */
public record CalendarHours(SessionCalendar calendar) implements TradingHours {
  @Override
  public boolean isOpen(Instant at) {
    return calendar.isOpen(at);
  }

  @Override
  public Optional<Instant> nextChange(Instant after) {
    return Optional.of(calendar.nextChange(after));
  }
}
