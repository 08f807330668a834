package io.tapeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class InstrumentTest {
  private static final Instrument ES =
      new Instrument(new Symbol("ESH4"), new BigDecimal("0.25"), Money.of("12.50", "USD"));
  private static final Instrument ZN =
      new Instrument(new Symbol("ZNH4"), new BigDecimal("0.015625"), Money.of("15.625", "USD"));
  private static final Instrument CL =
      new Instrument(new Symbol("CLK0"), new BigDecimal("0.01"), Money.of("10", "USD"));

  @Test
  void aPriceIsAWholeNumberOfTicks() {
    assertThat(ES.price(new BigDecimal("4826.25"))).isEqualTo(new Price(19_305));
    assertThat(ES.format(new Price(19_305))).isEqualTo("4826.25");
  }

  @Test
  void aPriceBetweenTwoTicksIsRefusedInWords() {
    assertThatThrownBy(() -> ES.price(new BigDecimal("4826.30")))
        .isInstanceOf(OffTickException.class)
        .hasMessage("4826.30 is not a multiple of the tick size 0.25 of ESH4");
  }

  @Test
  void oilMayTradeBelowZero() {
    var settlement = CL.price(new BigDecimal("-37.63"));
    assertThat(settlement).isEqualTo(new Price(-3_763));
    assertThat(CL.format(settlement)).isEqualTo("-37.63");
  }

  @Test
  void aPriceBetweenTwoTicksCanBeMovedToEitherOfThemAlsoBelowZero() {
    assertThat(CL.priceAtOrBelow(new BigDecimal("-37.635"))).isEqualTo(new Price(-3_764));
    assertThat(CL.priceAtOrAbove(new BigDecimal("-37.635"))).isEqualTo(new Price(-3_763));
  }

  @Test
  void threeTicksOfATenYearNoteAreWorthExactly46875() {
    assertThat(ZN.worth(3)).isEqualTo(Money.of("46.875", "USD"));
  }

  @Test
  void theSameMoneyWrittenTwoWaysIsEqual() {
    assertThat(Money.of("25.00", "USD")).isEqualTo(Money.of("25", "USD")).hasToString("USD 25");
    assertThat(Money.of("2E+2", "USD")).isEqualTo(Money.of("200", "USD"));
  }

  @Test
  void currenciesAreNotAdded() {
    var dollars = Money.of("1", "USD");
    var euros = Money.of("1", "EUR");
    assertThatThrownBy(() -> dollars.plus(euros)).hasMessage("cannot add EUR to USD");
  }
}
