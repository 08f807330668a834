package io.tapeline.positions.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.domain.Contracts.CL;
import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.MNQ;
import static io.tapeline.positions.domain.Contracts.NOON;
import static io.tapeline.positions.domain.Contracts.ZN;
import static io.tapeline.positions.domain.Contracts.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {
  /** The first example of {@link Position}. */
  @Test
  void theOldestLotsAreClosedFirst() {
    var position =
        position(
            ES,
            fill(ES, 1, BUY, 2, "4800.00"),
            fill(ES, 2, BUY, 1, "4801.00"),
            fill(ES, 3, SELL, 2, "4802.00"));

    assertThat(position.realized()).isEqualTo(Money.of("200", "USD"));
    assertThat(position.lots())
        .usingElementComparator(Contracts.SAME_LOT)
        .containsExactly(Contracts.lot(ES, 2, 1, "4801.00"));
    assertThat(position.avgPx()).isEqualTo(new BigDecimal("4801.00"));
  }

  /** The second example. */
  @Test
  void aFlipIsACloseAndAnOpenInOneFill() {
    var position =
        position(MNQ, fill(MNQ, 1, BUY, 2, "17000.00"), fill(MNQ, 2, SELL, 5, "17010.00"));

    assertThat(position.realized()).isEqualTo(Money.of("40", "USD"));
    assertThat(position.netQty()).isEqualTo(-3);
    assertThat(position.lots())
        .usingElementComparator(Contracts.SAME_LOT)
        .containsExactly(Contracts.lot(MNQ, 2, -3, "17010.00"));
  }

  /** The third example. */
  @Test
  void oneTickOfTheTenYearNoteIsExact() {
    var position =
        position(ZN, fill(ZN, 1, BUY, 1, "110.015625"), fill(ZN, 2, SELL, 1, "110.03125"));

    assertThat(position.realized()).isEqualTo(Money.of("15.625", "USD"));
    assertThat(position.isFlat()).isTrue();
    assertThat(position.avgPx()).isNull();
  }

  /** The fourth example: the day crude oil was worth less than nothing. */
  @Test
  void aPriceMayGoBelowZero() {
    var position = position(CL, fill(CL, 1, SELL, 1, "1.00"), fill(CL, 2, BUY, 1, "-37.63"));

    assertThat(position.realized()).isEqualTo(Money.of("38630", "USD"));
  }

  @Test
  void aLotIsClosedInParts() {
    var position =
        position(
            ES,
            fill(ES, 1, SELL, 5, "4800.00"),
            fill(ES, 2, BUY, 2, "4799.00"),
            fill(ES, 3, BUY, 1, "4801.00"));

    assertThat(position.realized()).isEqualTo(Money.of("50", "USD"));
    assertThat(position.lots())
        .usingElementComparator(Contracts.SAME_LOT)
        .containsExactly(Contracts.lot(ES, 1, -2, "4800.00"));
  }

  @Test
  void feesAreSummedApartFromTheProfit() {
    var position =
        position(
            ES, fill(ES, 1, BUY, 1, "4800.00", "2.13"), fill(ES, 2, SELL, 1, "4800.25", "2.13"));

    assertThat(position.realized()).isEqualTo(Money.of("12.5", "USD"));
    assertThat(position.fees()).isEqualByComparingTo("4.26");
  }

  @Test
  void aMarkBetweenTwoTicksValuesThePositionExactly() {
    var position = position(ZN, fill(ZN, 1, BUY, 3, "110.00"));
    var mark = new Mark(2 * 110 * 64 + 1, NOON);

    assertThat(mark.px(ZN)).isEqualTo(new BigDecimal("110.0078125"));
    assertThat(position.unrealized(mark)).isEqualTo(Money.of("23.4375", "USD"));
  }

  @Test
  void theAverageIsRoundedForPeople() {
    var position = position(ES, fill(ES, 1, BUY, 1, "4800.00"), fill(ES, 2, BUY, 2, "4800.25"));

    assertThat(position.avgPx()).isEqualTo(new BigDecimal("4800.166667"));
  }

  @Test
  void aSumThatOutgrowsALongIsRefusedNotWrapped() {
    var huge = fill(ES, 1, BUY, Long.MAX_VALUE / 2, "4800.00");

    assertThatThrownBy(() -> position(ES, huge)).isInstanceOf(ArithmeticException.class);
  }

  private static Position position(Instrument instrument, Fill... fills) {
    var position = Position.untraded(instrument);
    for (var fill : List.of(fills)) position = position.plus(fill);
    return position;
  }
}
