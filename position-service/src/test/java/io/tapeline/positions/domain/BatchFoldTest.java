package io.tapeline.positions.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.NOON;
import static io.tapeline.positions.domain.Contracts.busted;
import static io.tapeline.positions.domain.Contracts.corrected;
import static io.tapeline.positions.domain.Contracts.executed;
import static io.tapeline.positions.domain.Contracts.named;
import static io.tapeline.positions.domain.Contracts.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.BatchFold.Change;
import io.tapeline.positions.domain.BatchFold.Parked;
import io.tapeline.positions.domain.BatchFold.Readings;
import io.tapeline.positions.domain.BatchFold.Result;
import io.tapeline.positions.domain.BatchFold.Reversal;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Place;
import io.tapeline.positions.domain.Delivery.Poison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchFoldTest {
  private static final AccountId ALICE = new AccountId("ALICE");
  private static final AccountId BOB = new AccountId("BOB");

  private final Map<AccountId, AccountState> committed = new HashMap<>();
  private final Map<AccountId, List<Fill>> standing = new HashMap<>();
  private long offset;

  @Test
  void aBatchIsFoldedInOrderAndRepeatsAreCounted() {
    var result =
        fold(
            line(ALICE, named(1, ES)),
            line(ALICE, executed(2, ES, BUY, 2, "4800.00")),
            line(ALICE, executed(2, ES, BUY, 2, "4800.00")),
            line(ALICE, executed(3, ES, SELL, 1, "4801.00")));

    assertThat(after(result, ALICE).fold().positions().get(ES.symbol()).netQty()).isEqualTo(1);
    assertThat(result.repeats()).isEqualTo(1);
    assertThat(result.fills()).isEqualTo(2);
    assertThat(result.parked()).isEmpty();
  }

  @Test
  void aGapIsBelievedOnlyAfterThePartitionWasReadAgain() {
    var first = fold(line(ALICE, named(1, ES)), line(ALICE, nothing(3)), line(ALICE, nothing(4)));
    assertThat(first.gaps()).containsEntry(ALICE, new Step.Gap(2, 3));
    assertThat(first.parked()).isEmpty();
    commit(first);

    var second =
        foldAgain(
            Set.of(ALICE),
            line(ALICE, named(1, ES)),
            line(ALICE, nothing(3)),
            line(ALICE, nothing(4)));

    assertThat(after(second, ALICE).quarantine())
        .isEqualTo(new Quarantine(2, "GAP", "seq 2 is missing, 3 came", NOON));
    assertThat(second.parked()).extracting(Parked::reason).containsExactly("GAP", "GAP");
  }

  @Test
  void aGapThatWasOnlyAnOffsetAheadHeals() {
    commit(fold(line(ALICE, named(1, ES)), line(ALICE, nothing(3))));

    var again =
        foldAgain(
            Set.of(ALICE),
            line(ALICE, named(1, ES)),
            line(ALICE, nothing(2)),
            line(ALICE, nothing(3)));

    assertThat(after(again, ALICE).fold().seq()).isEqualTo(3);
    assertThat(after(again, ALICE).quarantine()).isNull();
  }

  @Test
  void aMissingLineThatIsToldAgainFurtherOnIsFoldedInItsPlace() {
    var result =
        fold(
            Readings.whole(ALICE),
            line(ALICE, named(1, ES)),
            line(ALICE, executed(3, ES, SELL, 1, "4801.00")),
            poison(ALICE),
            line(ALICE, executed(2, ES, BUY, 2, "4800.00")),
            line(ALICE, executed(3, ES, SELL, 1, "4801.00")));

    var after = after(result, ALICE);
    assertThat(after.fold().seq()).isEqualTo(3);
    assertThat(after.fold().positions().get(ES.symbol()).netQty()).isEqualTo(1);
    assertThat(after.quarantine()).isNull();
    assertThat(result.parked()).isEmpty();
    assertThat(result.lacking())
        .containsExactly(
            Map.entry(ALICE, new Quarantine(2, "GAP", "seq 2 is missing, 3 came", NOON)));
  }

  @Test
  void patienceExcusesNoExecutionThatIsBookedTwice() {
    var twice = new TapeLine(3, NOON, NOON, executed(2, ES, BUY, 1, "4800.00").fact(), null);

    var result =
        fold(
            Readings.whole(ALICE),
            line(ALICE, named(1, ES)),
            line(ALICE, executed(2, ES, BUY, 1, "4800.00")),
            line(ALICE, twice),
            poison(ALICE));

    assertThat(after(result, ALICE).quarantine().reason()).isEqualTo("BOOKED_TWICE");
    assertThat(result.parked()).hasSize(2);
  }

  @Test
  void poisonStopsItsAccountAndNobodyElse() {
    var result =
        fold(
            line(ALICE, named(1, ES)),
            poison(ALICE),
            line(BOB, named(1, ES)),
            line(ALICE, nothing(2)),
            line(BOB, executed(2, ES, BUY, 1, "4800.00")));

    assertThat(after(result, ALICE).quarantine().reason()).isEqualTo("POISON");
    assertThat(after(result, ALICE).fold().seq()).isEqualTo(1);
    assertThat(after(result, BOB).fold().seq()).isEqualTo(2);
    assertThat(result.parked())
        .extracting(parked -> parked.place().offset())
        .containsExactly(2L, 4L);
  }

  @Test
  void aQuarantinedAccountStaysSoButItsOldLinesAreNoNews() {
    commit(fold(line(ALICE, named(1, ES)), poison(ALICE)));

    var result = fold(line(ALICE, named(1, ES)), line(ALICE, nothing(2)));

    assertThat(result.changes()).isEmpty();
    assertThat(result.repeats()).isEqualTo(1);
    assertThat(result.parked()).hasSize(1);
  }

  @Test
  void anExecutionThatComesTwiceUnderAnotherSeqIsNotBooked() {
    var twice = new TapeLine(3, NOON, NOON, executed(2, ES, BUY, 1, "4800.00").fact(), null);

    var result =
        fold(
            line(ALICE, named(1, ES)),
            line(ALICE, executed(2, ES, BUY, 1, "4800.00")),
            line(ALICE, twice));

    assertThat(after(result, ALICE).quarantine().reason()).isEqualTo("BOOKED_TWICE");
    assertThat(after(result, ALICE).fold().positions().get(ES.symbol()).netQty()).isEqualTo(1);
  }

  @Test
  void anExecutionBookedInAnEarlierBatchIsNotBookedEither() {
    var result =
        BatchFold.fold(
            List.of(line(ALICE, named(1, ES)), line(ALICE, executed(2, ES, BUY, 1, "4800.00"))),
            AccountState::empty,
            Readings.ONCE,
            Map.of(ALICE, Set.of(new ExecId("E2"))),
            Map.of(),
            (_, _) -> Totals.NOTHING,
            NOON);

    assertThat(after(result, ALICE).quarantine().reason()).isEqualTo("BOOKED_TWICE");
    assertThat(result.fills()).isZero();
  }

  @Test
  void aBatchTakesBackWhatItBooksItself() {
    var bought = executed(2, ES, BUY, 2, "4800.00");
    var once = corrected(3, bought, "E2.c1", 5, "4801.00", null);

    var result =
        fold(line(ALICE, named(1, ES)), line(ALICE, bought), line(ALICE, once), line(ALICE, once));

    var change = result.changes().getFirst();
    assertThat(after(result, ALICE).fold().positions().get(ES.symbol()).netQty()).isEqualTo(5);
    assertThat(change.fills()).extracting(Fill::execId).map(ExecId::value).contains("E2", "E2.c1");
    assertThat(change.reversals()).containsExactly(new Reversal(3, new ExecId("E2")));
    assertThat(result.repeats()).isEqualTo(1);
  }

  @Test
  void whatAnEarlierBatchBookedIsTakenBackFromWhatStands() {
    var bought = executed(2, ES, BUY, 2, "4800.00");
    var first = fold(line(ALICE, named(1, ES)), line(ALICE, bought));
    commit(first);
    standing.put(ALICE, first.changes().getFirst().fills());
    var bust = line(ALICE, busted(3, bought));

    assertThat(BatchFold.reversedIn(List.of(bust), committed::get))
        .isEqualTo(Map.of(ALICE, Set.of(ES.symbol())));
    var second = fold(bust);

    assertThat(after(second, ALICE).fold().positions().get(ES.symbol()).isFlat()).isTrue();
    commit(second);
    assertThat(BatchFold.reversedIn(List.of(bust), committed::get)).isEmpty();
  }

  @Test
  void aBustOfWhatIsNotBookedStopsTheAccount() {
    var result =
        fold(
            line(ALICE, named(1, ES)),
            line(ALICE, busted(2, executed(9, ES, BUY, 2, "4800.00"))),
            line(BOB, nothing(1)));

    assertThat(after(result, ALICE).quarantine())
        .isEqualTo(new Quarantine(2, "NOT_STANDING", "no execution E9 to take back", NOON));
    assertThat(result.parked()).hasSize(1);
    assertThat(after(result, BOB).fold().seq()).isEqualTo(1);
  }

  @Test
  void aCorrectionToAnExecutionThatIsBookedAlreadyTakesNothingBack() {
    var bought = executed(2, ES, BUY, 2, "4800.00");

    var result =
        fold(
            line(ALICE, named(1, ES)),
            line(ALICE, bought),
            line(ALICE, executed(3, ES, BUY, 1, "4800.00")),
            line(ALICE, corrected(4, bought, "E3", 1, "4800.00", null)));

    assertThat(after(result, ALICE).quarantine().reason()).isEqualTo("BOOKED_TWICE");
    assertThat(after(result, ALICE).fold().positions().get(ES.symbol()).netQty()).isEqualTo(3);
    assertThat(result.changes().getFirst().reversals()).isEmpty();
  }

  @Test
  void aRecordWithoutAnAccountIsParkedAndStopsNobody() {
    var result =
        fold(new Poison(new Place(0, 7), null, "the key names no account"), line(BOB, nothing(1)));

    assertThat(result.parked())
        .containsExactly(new Parked(new Place(0, 7), "UNATTRIBUTABLE", "the key names no account"));
    assertThat(after(result, BOB).fold().seq()).isEqualTo(1);
  }

  @Test
  void theFirstFillOfATradingDayNotesWhereTheAccountStood() {
    var result =
        BatchFold.fold(
            List.of(line(ALICE, named(1, ES)), line(ALICE, executed(2, ES, BUY, 1, "4800.00"))),
            AccountState::empty,
            Readings.ONCE,
            Map.of(),
            Map.of(),
            (fold, day) -> {
              assertThat(fold.seq()).isEqualTo(1);
              return new Totals(new BigDecimal("12.5"), BigDecimal.ONE, BigDecimal.TWO);
            },
            NOON);

    assertThat(after(result, ALICE).day())
        .isEqualTo(
            new DayStart(
                TradingCalendar.of(NOON), new BigDecimal("12.5"), BigDecimal.ONE, BigDecimal.TWO));
  }

  private Result fold(Delivery... batch) {
    return fold(Readings.ONCE, batch);
  }

  private Result foldAgain(Set<AccountId> readAgain, Delivery... batch) {
    return fold(new Readings(readAgain, Set.of()), batch);
  }

  private Result fold(Readings readings, Delivery... batch) {
    return BatchFold.fold(
        new ArrayList<>(List.of(batch)),
        id -> committed.getOrDefault(id, AccountState.empty(id)),
        readings,
        Map.of(),
        standing,
        (_, _) -> Totals.NOTHING,
        NOON);
  }

  private void commit(Result result) {
    result.changes().forEach(change -> committed.put(change.after().accountId(), change.after()));
  }

  private static AccountState after(Result result, AccountId accountId) {
    return result.changes().stream()
        .map(Change::after)
        .filter(state -> state.accountId().equals(accountId))
        .findFirst()
        .orElseThrow();
  }

  private Delivery line(AccountId accountId, TapeLine line) {
    return new Line(new Place(0, ++offset), accountId, line);
  }

  private Delivery poison(AccountId accountId) {
    return new Poison(new Place(0, ++offset), accountId, "no JSON");
  }
}
