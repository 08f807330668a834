package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Function;

/**
 * An account's P&amp;L over all its contracts, in the account's currency. Contracts of another
 * currency are left out: there is no rate to convert them at, and a sum of dollars and euros is no
 * number. A position without a mark counts as worth what was paid.
 */
public record Totals(BigDecimal realized, BigDecimal unrealized, BigDecimal fees) {
  public static final Totals NOTHING =
      new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  public static Totals of(
      AccountFold fold, Currency currency, Function<Position, Optional<Mark>> marks) {
    var realized = BigDecimal.ZERO;
    var unrealized = BigDecimal.ZERO;
    var fees = BigDecimal.ZERO;
    for (var position : fold.positions().values()) {
      if (!position.instrument().tickValue().currency().equals(currency)) continue;
      realized = realized.add(position.realized().amount());
      fees = fees.add(position.fees());
      if (position.isFlat()) continue;
      var mark = marks.apply(position);
      if (mark.isPresent()) unrealized = unrealized.add(position.unrealized(mark.get()).amount());
    }
    return new Totals(realized, unrealized, fees);
  }

  /** Realised and unrealised P&amp;L less fees, since ever. */
  public BigDecimal net() {
    return realized.add(unrealized).subtract(fees);
  }
}
