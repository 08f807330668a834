package io.tapeline.positions.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.domain.Contracts.CL;
import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.MNQ;
import static io.tapeline.positions.domain.Contracts.ZN;
import static io.tapeline.positions.domain.Contracts.busted;
import static io.tapeline.positions.domain.Contracts.corrected;
import static io.tapeline.positions.domain.Contracts.executed;
import static io.tapeline.positions.domain.Contracts.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.positions.domain.BatchFold.Trip;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  private static final AccountId ALICE = new AccountId("ALICE");

  @Test
  void theOldestEntryIsPairedFirstAndAFlipEndsOneTripAndBeginsAnother() {
    var trips =
        trips(
            fill(ES, 1, BUY, 2, "4800.00"),
            fill(ES, 2, BUY, 1, "4801.00"),
            fill(ES, 3, SELL, 5, "4802.00"),
            fill(ES, 4, BUY, 2, "4803.00"));

    assertThat(trips).extracting(Pairing::tradeId).containsExactly("T1-3", "T2-3", "T3-4");
    assertThat(trips).extracting(Pairing::qty).containsExactly(2L, 1L, 2L);
    assertThat(trips).extracting(Pairing::side).containsExactly(BUY, BUY, SELL);
    assertThat(trips)
        .extracting(Pairing::pnl)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(money("200"), money("50"), money("-100"));
    assertThat(trips)
        .allSatisfy(t -> assertThat(t.tradingDay()).isEqualTo(LocalDate.of(2024, 1, 10)));
  }

  @Test
  void aTickOfTheTenYearNoteIsExactAndSoIsOilBelowZero() {
    assertThat(
            trips(fill(ZN, 1, BUY, 1, "110.015625"), fill(ZN, 2, SELL, 1, "110.03125"))
                .getFirst()
                .pnl())
        .isEqualByComparingTo("15.625");
    assertThat(trips(fill(CL, 1, SELL, 1, "1.00"), fill(CL, 2, BUY, 1, "-37.63")).getFirst().pnl())
        .isEqualByComparingTo("38630");
    assertThat(
            trips(fill(MNQ, 1, BUY, 3, "17000.00"), fill(MNQ, 2, SELL, 3, "16999.75"))
                .getFirst()
                .pnl())
        .isEqualByComparingTo("-1.5");
  }

  @Test
  void sharesOfAFeeAddUpToItHoweverOddlyItDivides() {
    var trips =
        trips(
            fill(ES, 1, BUY, 3, "4800.00", "1.00"),
            fill(ES, 2, SELL, 1, "4800.00", "0.10"),
            fill(ES, 3, SELL, 1, "4800.00", "0.10"),
            fill(ES, 4, SELL, 1, "4800.00", "0.10"));

    assertThat(trips.getFirst().fees()).isEqualByComparingTo("0.43333333");
    assertThat(trips.stream().map(Pairing::fees).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("1.30");
  }

  @Test
  void aBustPairsAnewAndSaysWhatIsGone() {
    var a = executed(2, ES, BUY, 1, "4800.00");
    var b = executed(3, ES, BUY, 1, "4801.00");
    var c = executed(4, ES, SELL, 1, "4802.00");
    var first = fold(AccountState.empty(ALICE), List.of(), Contracts.named(1, ES), a, b, c);
    assertThat(ids(first.trips(), false)).containsExactly("T2-4");

    var then = fold(first.after(), first.fills(), busted(5, a));

    assertThat(ids(then.trips(), true)).containsExactly("T2-4");
    assertThat(ids(then.trips(), false)).containsExactly("T3-4");
    assertThat(then.trips()).allSatisfy(trip -> assertThat(trip.seq()).isEqualTo(5));
    assertThat(tally(then).trades()).isEqualTo(1);
    assertThat(tally(then).wonTicks()).isEqualTo(4);
  }

  @Test
  void aCorrectedPriceMakesTheTripAnewUnderItsNewExecution() {
    var a = executed(2, ES, BUY, 1, "4800.00");
    var b = executed(3, ES, SELL, 1, "4802.00");
    var first = fold(AccountState.empty(ALICE), List.of(), Contracts.named(1, ES), a, b);

    var then = fold(first.after(), first.fills(), corrected(4, a, "E2c", 1, "4803.00", null));

    assertThat(ids(then.trips(), true)).containsExactly("T2-3");
    assertThat(ids(then.trips(), false)).containsExactly("T4-3");
    assertThat(tally(then).lostTicks()).isEqualTo(4);
    assertThat(tally(then).losses()).isEqualTo(1);
  }

  static List<Instrument> contracts() {
    return Contracts.ALL;
  }

  /** Against contracts that stand one by one in a queue with who bought or sold them. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("contracts")
  void aStormOfFillsPairsAsSingleContractsInAQueueDo(Instrument instrument) {
    var random = new Random(20_260_105L + instrument.symbol().hashCode());
    var queue = new ArrayDeque<long[]>(); // seq and ticks of each single contract, of one side
    Side held = BUY;
    var position = Position.untraded(instrument);
    long ticks = 10_000;
    var fees = BigDecimal.ZERO;
    var shares = BigDecimal.ZERO;
    for (int seq = 1; seq <= 20_000; seq++) {
      ticks += random.nextInt(9) - 4;
      var side = random.nextInt(100) < 52 == queue.size() < 40 ? BUY : SELL;
      long lots = random.nextLong(1, 8);
      var fee = new BigDecimal(random.nextInt(300)).movePointLeft(2);
      fees = fees.add(fee);
      var expected = new TreeMap<String, long[]>(); // lots and ticks won
      for (long i = 0; i < lots; i++) {
        if (queue.isEmpty() || held == side) {
          held = side;
          queue.addLast(new long[] {seq, ticks});
          continue;
        }
        var entry = queue.removeFirst();
        var sum = expected.computeIfAbsent("T" + entry[0] + "-" + seq, _ -> new long[2]);
        sum[0]++;
        sum[1] += side == SELL ? ticks - entry[1] : entry[1] - ticks;
      }
      var px = instrument.decimal(new Price(ticks)).toPlainString();
      var made = new ArrayList<Pairing>();

      position =
          position.plus(fill(instrument, seq, side, lots, px, fee.toPlainString()), made::add);

      var actual = new TreeMap<String, long[]>();
      for (var trip : made) {
        actual.put(trip.tradeId(), new long[] {trip.qty(), trip.wonTicks()});
        shares = shares.add(trip.fees());
      }
      assertThat(actual.keySet()).as("after fill %s", seq).isEqualTo(expected.keySet());
      for (var id : expected.keySet()) assertThat(actual.get(id)).containsExactly(expected.get(id));
    }
    for (var lot : position.lots()) {
      long used = lot.opened().lastQty().lots() - Math.abs(lot.signedQty());
      shares = shares.add(lot.opened().feeShare(used, Math.abs(lot.signedQty())));
    }
    assertThat(shares).as("every share of every fee").isEqualByComparingTo(fees);
    assertThat(position.tally().wonTicks() - position.tally().lostTicks())
        .isEqualTo(position.realizedTicks());
  }

  private static List<Pairing> trips(Fill... fills) {
    var made = new ArrayList<Pairing>();
    Instrument instrument =
        Contracts.ALL.stream()
            .filter(i -> i.symbol().equals(fills[0].symbol()))
            .findFirst()
            .orElseThrow();
    var position = Position.untraded(instrument);
    for (var fill : fills) position = position.plus(fill, made::add);
    return made;
  }

  private static BatchFold.Change fold(AccountState state, List<Fill> standing, TapeLine... lines) {
    var batch = new ArrayList<Delivery>();
    for (var line : lines) batch.add(new Line(new Place(0, line.seq()), ALICE, line));
    return BatchFold.fold(
            batch,
            _ -> state,
            BatchFold.Readings.ONCE,
            Map.of(),
            Map.of(ALICE, standing),
            (_, _) -> Totals.NOTHING,
            Contracts.NOON)
        .changes()
        .getFirst();
  }

  private static Tally tally(BatchFold.Change change) {
    return change.after().fold().positions().get(ES.symbol()).tally();
  }

  private static List<String> ids(List<Trip> trips, boolean voided) {
    return trips.stream()
        .filter(trip -> trip.voided() == voided)
        .map(trip -> trip.pairing().tradeId())
        .toList();
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
