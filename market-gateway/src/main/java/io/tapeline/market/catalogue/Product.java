package io.tapeline.market.catalogue;

import io.tapeline.market.sim.domain.MarketCharacter;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * What all contracts of a root have in common.
 *
 * @param exchange ISO 10383 MIC
 * @param session regular hours, such as {@code 17:00-16:00 America/Chicago}
 * @param months letters of the months that are traded actively
 * @param rollDays calendar days before expiry from which the next contract is the front one
 * @param listed how many contracts, from the front one on, the catalogue holds
 * @param limitPercent how far from its settlement price it may trade in a session, where limits are
 *     kept
 * @param simStart where a synthetic market starts
 */
public record Product(
    String root,
    String description,
    String exchange,
    BigDecimal tickSize,
    Money tickValue,
    String session,
    String months,
    ExpiryRule lastDay,
    int rollDays,
    int listed,
    double limitPercent,
    BigDecimal simStart,
    MarketCharacter simCharacter) {
  private static final String MONTH_LETTERS = "FGHJKMNQUVXZ";

  public Product {
    for (var letter : months.toCharArray()) monthOf(letter);
    if (months.isEmpty() || listed < 1 || rollDays < 0)
      throw new IllegalArgumentException(root + " lists no contract");
  }

  Contract contract(YearMonth month, boolean front) {
    char letter = MONTH_LETTERS.charAt(month.getMonthValue() - 1);
    var symbol = new Symbol(root + letter + month.getYear() % 10);
    var instrument = new Instrument(symbol, tickSize, tickValue);
    return new Contract(instrument, this, lastDay.lastDay(month), front);
  }

  boolean trades(YearMonth month) {
    return months.indexOf(MONTH_LETTERS.charAt(month.getMonthValue() - 1)) >= 0;
  }

  /** The first day on which the next contract is the front one. */
  LocalDate rollDay(YearMonth month) {
    return lastDay.lastDay(month).minusDays(rollDays);
  }

  static int monthOf(char letter) {
    int index = MONTH_LETTERS.indexOf(letter);
    if (index < 0) throw new IllegalArgumentException("not a contract month: " + letter);
    return index + 1;
  }
}
