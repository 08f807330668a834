package io.tapeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @Test
  void aQuantityIsNeverNegative() {
    assertThatThrownBy(() -> new Qty(-1)).hasMessage("negative quantity: -1");
    assertThat(new Qty(2).minusUpTo(new Qty(5))).isEqualTo(Qty.ZERO);
  }

  @Test
  void theSideSignsTheQuantity() {
    assertThat(Side.BUY.signed(new Qty(3))).isEqualTo(3);
    assertThat(Side.SELL.signed(new Qty(3))).isEqualTo(-3);
  }

  @Test
  void aBuyLimitedTo100MayTradeAt100OrBelow() {
    assertThat(Side.BUY.reaches(new Price(100), new Price(100))).isTrue();
    assertThat(Side.BUY.reaches(new Price(100), new Price(101))).isFalse();
    assertThat(Side.SELL.reaches(new Price(100), new Price(99))).isFalse();
  }

  @Test
  void theHighestBidAndTheLowestOfferTradeFirst() {
    assertThat(Side.BUY.ranksBefore(new Price(101), new Price(100))).isTrue();
    assertThat(Side.SELL.ranksBefore(new Price(100), new Price(101))).isTrue();
    assertThat(Side.SELL.ranksBefore(new Price(100), new Price(100))).isFalse();
  }

  @Test
  void theRootOfAContractIsWhatStandsBeforeMonthAndYear() {
    assertThat(new Symbol("ESH4").root()).isEqualTo("ES");
    assertThat(new Symbol("6EZ5").root()).isEqualTo("6E");
    assertThat(new Symbol("M2KM6").root()).isEqualTo("M2K");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "has space", "umläut", "x/y", "0123456789012345678901234567890123456"})
  void aClOrdIdOutsideItsRuleIsRefused(String value) {
    assertThatThrownBy(() -> new ClOrdId(value)).hasMessage("not a ClOrdID: " + value);
  }
}
