package io.tapeline.model;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An exact amount in a currency, unscaled: one ZN tick is USD 15.625, so cents will not do.
 *
 * @param amount without trailing zeros, so that 25 and 25.00 are the same money
 */
public record Money(BigDecimal amount, Currency currency) {
  public Money {
    amount = amount.stripTrailingZeros();
    if (amount.scale() < 0) amount = amount.setScale(0);
  }

  /**
   * Reads an amount such as {@code 15.625}.
   *
   * @param currency ISO 4217 code
   * @throws IllegalArgumentException when either is not readable
   */
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), Currency.getInstance(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /**
   * The sum of two amounts of one currency.
   *
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other)), currency);
  }

  /**
   * The difference of two amounts of one currency.
   *
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money minus(Money other) {
    return new Money(amount.subtract(sameCurrency(other)), currency);
  }

  public Money times(long factor) {
    return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
  }

  private BigDecimal sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
    }
    return other.amount;
  }

  @Override
  public String toString() {
    return currency + " " + amount.toPlainString();
  }
}
