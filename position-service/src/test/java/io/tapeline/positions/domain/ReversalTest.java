package io.tapeline.positions.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.ZN;
import static io.tapeline.positions.domain.Contracts.busted;
import static io.tapeline.positions.domain.Contracts.corrected;
import static io.tapeline.positions.domain.Contracts.executed;
import static io.tapeline.positions.domain.Contracts.named;
import static io.tapeline.positions.domain.Contracts.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.Money;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Contradiction;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.Step.Reversed;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Executions that the venue takes back or corrects: as if they had never been so. */
class ReversalTest {
  private static final TapeLine FIRST = executed(2, ES, BUY, 2, "4800.00", "2.10");
  private static final TapeLine SECOND = executed(3, ES, BUY, 1, "4801.00", "1.05");
  private static final TapeLine CLOSE = executed(4, ES, SELL, 2, "4802.00", "2.10");

  private final Executions executions = new Executions();
  private AccountFold fold = AccountFold.empty(new AccountId("PRACTICE"));

  @Test
  void withoutItsOpeningFillAPositionIsWhatTheOthersMake() {
    var position = after(named(1, ES), FIRST, SECOND, CLOSE, busted(5, FIRST));

    assertThat(position.realized()).isEqualTo(Money.of("50", "USD"));
    assertThat(position.lots())
        .usingElementComparator(Contracts.SAME_LOT)
        .containsExactly(Contracts.lot(ES, 4, -1, "4802.00"));
    assertThat(position.fees()).isEqualByComparingTo("3.15");
    assertIsAsAfter(position, named(1, ES), nothing(2), SECOND, CLOSE);
  }

  @Test
  void whatTheVenueSaysIsRealisedIsSummedOverWhatStands() {
    var first = reporting(CLOSE, "99.5");
    var second = reporting(executed(5, ES, SELL, 1, "4803.00"), "-7");
    var position = after(named(1, ES), FIRST, SECOND, first, second);
    assertThat(position.reportedPnl()).isEqualByComparingTo("92.5");
    // ours is reckoned, whatever the venue says
    assertThat(position.realized()).isEqualTo(Money.of("300", "USD"));

    assertThat(after(busted(6, second)).reportedPnl()).isEqualByComparingTo("99.5");
  }

  @Test
  void aVenueThatNeverSaysWhatIsRealisedIsNotSaidToHaveRealisedNothing() {
    assertThat(after(named(1, ES), FIRST, SECOND, CLOSE).reportedPnl()).isNull();
  }

  private static TapeLine reporting(TapeLine line, String pnl) {
    var it = (TapeLine.Fact.Executed) line.fact();
    return Contracts.line(
        line.seq(),
        new TapeLine.Fact.Executed(
            it.execId(),
            it.clOrdId(),
            it.symbol(),
            it.side(),
            it.lastQty(),
            it.lastPx(),
            it.fee(),
            it.strategy(),
            new BigDecimal(pnl)));
  }

  @Test
  void withoutItsClosingFillTheLotsAreOpenAgain() {
    var position = after(named(1, ES), FIRST, SECOND, CLOSE, busted(5, CLOSE));

    assertThat(position.realized()).isEqualTo(Money.of("0", "USD"));
    assertThat(position.netQty()).isEqualTo(3);
    assertIsAsAfter(position, named(1, ES), FIRST, SECOND);
  }

  @Test
  void withoutTheFillThatFlippedItWhatFollowedOpensInsteadOfCloses() {
    var flip = executed(3, ES, SELL, 5, "4810.00");
    var back = executed(4, ES, BUY, 4, "4805.00");
    var position = after(named(1, ES), FIRST, flip, back);
    assertThat(position.realized()).isEqualTo(Money.of("1750", "USD"));

    position = after(busted(5, flip));

    assertThat(position.realized()).isEqualTo(Money.of("0", "USD"));
    assertThat(position.netQty()).isEqualTo(6);
    assertIsAsAfter(position, named(1, ES), FIRST, nothing(3), back);
  }

  @Test
  void aCorrectedPriceWasPaidFromTheBeginning() {
    var position =
        after(
            named(1, ES), FIRST, SECOND, CLOSE, corrected(5, FIRST, "E2.c1", 2, "4799.00", "2.10"));

    assertThat(position.realized()).isEqualTo(Money.of("300", "USD"));
    assertIsAsAfter(
        position, named(1, ES), executed(2, ES, BUY, 2, "4799.00", "2.10"), SECOND, CLOSE);
  }

  @Test
  void aCorrectedQuantityMovesWhatLaterFillsHaveClosedAndItsFeeIsReplaced() {
    var position =
        after(
            named(1, ES), FIRST, SECOND, CLOSE, corrected(5, FIRST, "E2.c1", 1, "4800.00", "1.05"));

    assertThat(position.realized()).isEqualTo(Money.of("150", "USD"));
    assertThat(position.isFlat()).isTrue();
    assertThat(position.fees()).isEqualByComparingTo("4.20");
  }

  @Test
  void aCorrectedFillKeepsItsPlaceInTheQueue() {
    var position =
        after(named(1, ES), FIRST, SECOND, corrected(4, FIRST, "E2.c1", 1, "4799.00", null));
    assertThat(position.lots()).extracting(Lot::seq).containsExactly(2L, 3L);

    position = after(executed(5, ES, SELL, 1, "4802.00"));

    assertThat(position.realized()).isEqualTo(Money.of("150", "USD"));
    assertThat(position.lots())
        .usingElementComparator(Contracts.SAME_LOT)
        .containsExactly(Contracts.lot(ES, 3, 1, "4801"));
  }

  @Test
  void aCorrectionIsCorrectedAndTakenBackInItsTurn() {
    var once = corrected(5, FIRST, "E2.c1", 3, "4799.00", "9.00");
    var twice = corrected(6, once, "E2.c2", 1, "4798.00", "7.00");
    var position = after(named(1, ES), FIRST, SECOND, CLOSE, once, twice);
    assertIsAsAfter(
        position, named(1, ES), executed(2, ES, BUY, 1, "4798.00", "7.00"), SECOND, CLOSE);

    position = after(busted(7, twice));

    assertIsAsAfter(position, named(1, ES), nothing(2), SECOND, CLOSE);
  }

  @Test
  void aCorrectionToNothingIsABust() {
    var position =
        after(named(1, ES), FIRST, SECOND, corrected(4, FIRST, "E2.c1", 0, "4800.00", "2.10"));

    assertIsAsAfter(position, named(1, ES), nothing(2), SECOND);
  }

  /** It must still be said of it that it is flat. */
  @Test
  void aContractWhoseOnlyFillWasTakenBackCountsAsTraded() {
    var position = after(named(1, ES), FIRST, busted(3, FIRST));

    assertThat(position.isFlat()).isTrue();
    assertThat(position.cashTicks()).isZero();
    assertThat(position.fees()).isEqualByComparingTo("0");
    assertThat(position.fills()).isEqualTo(1);
  }

  @Test
  void theSameBustAgainChangesNothingAnotherOfTheSameFillIsAContradiction() {
    after(named(1, ES), FIRST, busted(3, FIRST));

    assertThat(step(busted(3, FIRST))).isEqualTo(new Repeated());
    assertContradicts(busted(4, FIRST), Contradiction.NOT_STANDING);
  }

  @Test
  void aLineIsMissingBeforeABustToo() {
    after(named(1, ES), FIRST);

    assertThat(step(busted(4, FIRST))).isEqualTo(new Gap(3, 4));
  }

  @Test
  void whatIsNotBookedCannotBeTakenBack() {
    after(named(1, ES), named(2, ZN), SECOND);

    assertContradicts(busted(4, executed(9, ES, BUY, 1, "4800.00")), Contradiction.NOT_STANDING);
    assertContradicts(busted(4, executed(3, ZN, BUY, 1, "110.00")), Contradiction.NOT_STANDING);
    assertContradicts(
        busted(4, executed(3, Contracts.MNQ, BUY, 1, "1.00")), Contradiction.UNKNOWN_CONTRACT);
  }

  @Test
  void whatWasCorrectedStandsUnderItsNewNameOnly() {
    after(named(1, ES), FIRST, corrected(3, FIRST, "E2.c1", 1, "4800.00", null));

    assertContradicts(busted(4, FIRST), Contradiction.NOT_STANDING);
  }

  @Test
  void anExecutionIsTakenBackOnlyAsItWasBooked() {
    after(named(1, ES), nothing(2), SECOND);

    for (var other :
        new TapeLine[] {
          executed(3, ES, BUY, 2, "4801.00"),
          executed(3, ES, SELL, 1, "4801.00"),
          executed(3, ES, BUY, 1, "4801.25"),
          executed(3, ES, BUY, 0, "0")
        }) assertContradicts(busted(4, other), Contradiction.NOT_AS_BOOKED);
  }

  @Test
  void aCorrectedPriceBetweenTicksIsNotBooked() {
    after(named(1, ES), FIRST);

    assertContradicts(
        corrected(3, FIRST, "E2.c1", 1, "4800.10", null), Contradiction.NOT_TRADEABLE);
    assertContradicts(
        corrected(3, FIRST, "E2.c1", Long.MAX_VALUE, "4800.00", null), Contradiction.TOO_LARGE);
  }

  /** It overtook its fill, which then never comes: the journal says so with a quantity of zero. */
  @Test
  void aBustOfWhatNeverWasBookedMovesNothingAndACorrectionBooksItsNewNumbers() {
    var never = executed(2, ES, BUY, 0, "0");

    var position =
        after(
            named(1, ES),
            busted(2, never),
            corrected(3, never, "E2.c1", 2, "4800.00", "2.10"),
            executed(4, ES, SELL, 2, "4802.00"));

    assertThat(position.realized()).isEqualTo(Money.of("200", "USD"));
    assertThat(position.fees()).isEqualByComparingTo("2.10");
  }

  private Position after(TapeLine... lines) {
    for (var line : lines) {
      switch (step(line)) {
        case Advanced(var after, var fill, _) -> {
          fold = after;
          if (fill != null) executions.add(fill);
        }
        case Reversed(var after, var old, var instead, _, _) -> {
          fold = after;
          executions.remove(old);
          if (instead != null) executions.add(instead);
        }
        case Repeated _, Gap _, Contradicted _ -> throw new AssertionError(step(line));
      }
    }
    return fold.positions().get(ES.symbol());
  }

  private Step step(TapeLine line) {
    return fold.step(line, executions);
  }

  private void assertContradicts(TapeLine line, Contradiction why) {
    assertThat(step(line))
        .isInstanceOfSatisfying(Contradicted.class, step -> assertThat(step.why()).isEqualTo(why));
  }

  private static void assertIsAsAfter(Position position, TapeLine... lines) {
    assertThat(position)
        .usingRecursiveComparison()
        .ignoringFields("fills")
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(new ReversalTest().after(lines));
  }
}
