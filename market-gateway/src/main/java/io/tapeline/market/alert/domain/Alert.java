package io.tapeline.market.alert.domain;

import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A price a user waits for. It is over when it was reached once.
 *
 * @param px a whole number of ticks; may be negative
 * @param note what the user wants to be reminded of
 * @param afterTrade the newest trade of the symbol when it was set: only later ones count
 */
public record Alert(
    Id id,
    Symbol symbol,
    BigDecimal px,
    Direction direction,
    @Nullable String note,
    Instant createdAt,
    long afterTrade) {

  /** The user's own id of an alert: what a repeat is known by. */
  public record Id(String user, String alertId) {}

  /** From which side the price is reached. */
  public enum Direction {
    /** A trade at the price or above it. */
    ABOVE,
    /** A trade at the price or below it. */
    BELOW;

    /** Whether that trade reaches a price. */
    boolean isReached(BigDecimal px, BigDecimal traded) {
      int above = traded.compareTo(px);
      return this == ABOVE ? above >= 0 : above <= 0;
    }
  }

  /** Those that the market comes to first stand first. */
  static final Comparator<Alert> NEAREST_FIRST =
      Comparator.<Alert, BigDecimal>comparing(
              alert -> alert.direction == Direction.ABOVE ? alert.px : alert.px.negate())
          .thenComparing(alert -> alert.id.user)
          .thenComparing(alert -> alert.id.alertId);

  /** Whether it is the same wish, however it was said. */
  public boolean isSameWish(Alert other) {
    return id.equals(other.id)
        && symbol.equals(other.symbol)
        && px.compareTo(other.px) == 0
        && java.util.Objects.equals(note, other.note);
  }

  boolean isReachedBy(long tradeId, BigDecimal traded) {
    return tradeId > afterTrade && direction.isReached(px, traded);
  }
}
