package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant START = Instant.ofEpochSecond(0, Tape.START);

  @Nested
  class Publishing {
    @Test
    void theFirstStateIsPublishedAtOnceAndTheLastOneWhenItsTimeHasPassed() {
      var tape =
          Tape.mbo()
              .bid(1, 100, 5)
              .at(20)
              .ask(2, 101, 1)
              .at(30)
              .bid(3, 100, 1)
              .at(200)
              .cancelAsk(2, 1);
      var desk = Desk.started(tape).toTheEnd();
      assertThat(desk.market)
          .containsExactly(
              "0 ms ESH4 5@100 - last -",
              "0 ms ESH4 depth 1x0",
              "50 ms ESH4 6@100 1@101 last -",
              "50 ms ESH4 depth 1x1",
              "200 ms ESH4 6@100 - last -",
              "200 ms ESH4 depth 1x0");
    }

    @Test
    void whatWentAndCameBackMeanwhileIsNotPublished() {
      var tape = Tape.mbo().bid(1, 100, 5).at(10).bid(2, 101, 5).at(20).cancelBid(2, 5);
      assertThat(Desk.started(tape).toTheEnd().market)
          .containsExactly("0 ms ESH4 5@100 - last -", "0 ms ESH4 depth 1x0");
    }

    @Test
    void aChangeBehindTheBestIsDepthAlone() {
      var tape = Tape.mbo().bid(1, 100, 5).at(100).bid(2, 90, 5);
      assertThat(Desk.started(tape).toTheEnd().market)
          .containsExactly(
              "0 ms ESH4 5@100 - last -", "0 ms ESH4 depth 1x0", "100 ms ESH4 depth 2x0");
    }

    @Test
    void nothingIsPublishedBeforeTheEventIsComplete() {
      var tape =
          Tape.mbo()
              .ask(1, 101, 5)
              .at(100)
              .trade('B', 101, 5)
              .fill('A', 1, 101, 5)
              .at(101)
              .cancelAsk(1, 5)
              .at(102);
      var desk = Desk.started(tape).to(0);
      desk.market.clear();
      desk.toTheEnd();
      // the two halves have other event times, so the first ends as an event of its own
      assertThat(desk.market)
          .startsWith("100 ms ESH4 #1 5@101 BUY", "100 ms ESH4 - 5@101 last 5@101");
      var oneEvent = Tape.mbo().ask(1, 101, 5).at(100).buyerLifts(1, 101, 5);
      desk = Desk.started(oneEvent).to(0);
      desk.market.clear();
      assertThat(desk.toTheEnd().market)
          .containsExactly(
              "100 ms ESH4 #1 5@101 BUY", "100 ms ESH4 - - last 5@101", "100 ms ESH4 depth 0x0");
    }

    @Test
    void everyTradeIsPrintedOnceInOrder() {
      var tape = Tape.trades().trade('B', 100, 2).trade('A', 99, 1).at(1).trade('N', 98, 4);
      assertThat(Desk.started(tape).toTheEnd().market)
          .containsExactly(
              "0 ms ESH4 #1 2@100 BUY",
              "0 ms ESH4 - - last 2@100",
              "0 ms ESH4 #2 1@99 SELL",
              "1 ms ESH4 #3 4@98 null",
              "50 ms ESH4 - - last 4@98");
    }

    @Test
    void ordersOfTheDeskChangeNothingOfIt() {
      var tape =
          Tape.mbo()
              .bid(1, 100, 5)
              .ask(2, 101, 5)
              .at(20)
              .sellerHits(1, 100, 2)
              .at(80)
              .ask(3, 102, 1);
      var alone = Desk.started(tape).toTheEnd();
      var traded =
          Desk.started(tape.rewound()).to(0).buy("a", 9, 101L).sell("b", 2, null).toTheEnd();
      assertThat(traded.market).isEqualTo(alone.market).isNotEmpty();
      assertThat(traded.said).isNotEmpty();
    }
  }

  @Nested
  class FromAndTo {
    private final Tape tape =
        Tape.mbo()
            .bid(1, 100, 5)
            .buyTrade()
            .at(1000)
            .bid(2, 101, 5)
            .buyTrade()
            .at(2000)
            .bid(3, 102, 5)
            .buyTrade();

    @Test
    void whatComesBeforeBuildsTheBookInSilenceAndIsPublishedAsItStands() {
      var settings = ReplaySettings.whole("R").between(START.plusMillis(1500), null);
      var desk = new Desk(settings, tape);
      desk.replay.start();
      assertThat(desk.market)
          .containsExactly("1000 ms ESH4 5@101 - last 1@100", "1000 ms ESH4 depth 2x0");
      assertThat(desk.replay.exchange().venueTime()).isEqualTo(START.plusMillis(1500));
      assertThat(desk.toTheEnd().market).contains("2000 ms ESH4 #3 1@100 BUY");
    }

    @Test
    void whatComesThenOrLaterIsNotPlayed() {
      var settings = ReplaySettings.whole("R").between(null, START.plusMillis(2000));
      var desk = new Desk(settings, tape);
      desk.replay.start();
      desk.toTheEnd();
      assertThat(desk.replay.position()).isEqualTo(4);
      assertThat(desk.replay.facts().markets().getFirst().trades()).isEqualTo(2);
      assertThat(desk.market).last().isEqualTo("1000 ms ESH4 #2 1@100 BUY");
    }
  }

  @Nested
  class SeveralRecordings {
    private static final int OTHER = 7;

    @Test
    void areMergedByReceiveTime() {
      var march =
          Tape.trades().trade('B', 100, 1).at(20).trade('B', 100, 2).at(40).trade('B', 100, 3);
      var june =
          Tape.of(RecordingKind.TRADES, Map.of(OTHER, "ESM4"))
              .about(OTHER)
              .at(10)
              .trade('A', 200, 1)
              .at(20)
              .trade('A', 200, 2);
      var desk = Desk.started(march, june).toTheEnd();
      assertThat(desk.market.stream().filter(line -> line.contains("#")))
          .containsExactly(
              "0 ms ESH4 #1 1@100 BUY",
              "10 ms ESM4 #1 1@200 SELL",
              "20 ms ESH4 #2 2@100 BUY",
              "20 ms ESM4 #2 2@200 SELL",
              "40 ms ESH4 #3 3@100 BUY");
      assertThat(desk.replay.instruments()).hasSize(2);
    }

    @Test
    void ofOneContractTheOneThatShowsMoreIsPlayed() {
      var desk =
          Desk.started(Tape.trades().trade('B', 100, 1), Tape.mbp1().top(99, 1, 100, 1)).toTheEnd();
      var facts = desk.replay.facts();
      assertThat(facts.unusable()).isEqualTo(Map.of("SUPERSEDED", 1L));
      assertThat(facts.records()).isEqualTo(2);
      assertThat(desk.replay.kinds()).isEqualTo(Map.of(Desk.ES, RecordingKind.MBP_1));
    }

    @Test
    void aSecondSnapshotReplacesTheBook() {
      var first = Tape.mbo().bid(1, 100, 5).bid(2, 99, 5);
      var second =
          Tape.mbo().at(1000).snapshotBid(2, 99, 4).snapshotBid(3, 98, 1).at(2000).bid(4, 97, 1);
      var desk = Desk.started(first, second).toTheEnd();
      assertThat(desk.market).contains("1000 ms ESH4 4@99 - last -", "2000 ms ESH4 depth 3x0");
      assertThat(desk.replay.facts().unusable()).isEmpty();
    }

    @Test
    void oneThatBreaksOffEndsAndTheOthersGoOn() {
      var broken =
          Tape.mbo().bid(1, 100, 5).at(10).bid(2, 101, 5).at(30).bid(3, 102, 5).breaksAfter(2);
      var whole =
          Tape.of(RecordingKind.TRADES, Map.of(OTHER, "ESM4"))
              .about(OTHER)
              .at(20)
              .trade('A', 200, 1);
      var facts = Desk.started(broken, whole).toTheEnd().replay.facts();
      assertThat(facts.problems()).containsExactly("tape is truncated");
      assertThat(facts.records()).isEqualTo(3);
      assertThat(facts.finished()).isTrue();
    }
  }

  @Nested
  class Facts {
    @Test
    void areCountedByKindWithTradesAndTheLastTop() {
      var tape =
          Tape.mbo()
              .bid(1, 100, 5)
              .ask(2, 104, 3)
              .modifyBid(1, 101, 4)
              .cancelBid(1, 1)
              .buyerLifts(2, 104, 1)
              .sellerHits(1, 101, 2)
              .raw('T', 'N', 128, 0, 99, 7)
              .raw('N', 'N', 128, 0, 0, 0)
              .at(9)
              .bid(9, 98, 1);
      var facts = Desk.started(tape).toTheEnd().replay.facts();
      var es = facts.markets().getFirst();
      assertThat(es.symbol()).isEqualTo("ESH4");
      assertThat(es.records()).isEqualTo(tape.rows());
      assertThat(es.byKind())
          .isEqualTo(
              Map.of("add", 3L, "modify", 1L, "cancel", 3L, "trade", 3L, "fill", 2L, "none", 1L));
      assertThat(es.unusable()).isEmpty();
      assertThat(es.trades()).isEqualTo(3);
      assertThat(es.volume()).isEqualTo(10);
      assertThat(es.open()).isEqualTo(new BigDecimal("26.00"));
      assertThat(es.high()).isEqualTo(new BigDecimal("26.00"));
      assertThat(es.low()).isEqualTo(new BigDecimal("24.75"));
      assertThat(es.close()).isEqualTo(new BigDecimal("24.75"));
      assertThat(es.top())
          .isEqualTo(new ReplayFacts.Top(new BigDecimal("25.25"), 1, new BigDecimal("26.00"), 2));
      assertThat(es.first()).isEqualTo(START);
      assertThat(es.last()).isEqualTo(START.plusMillis(9));
      assertThat(facts.problems()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsCountedByReasonAndTheRestGoesOn() {
      var tape =
          Tape.of(RecordingKind.MBO, Map.of(Tape.ES, "ESH4", 5, "NQH4"))
              .bid(1, 100, 5)
              .bid(1, 101, 5)
              .bid(2, Tape.OFF_TICK, 5)
              .cancelBid(8, 1)
              .modifyAsk(1, 100, 1)
              .fill('B', 8, 100, 1)
              .raw('A', 'N', 128, 3, 100, 1)
              .raw('Z', 'B', 128, 3, 100, 1)
              .about(5)
              .bid(1, 100, 1)
              .about(6)
              .bid(1, 100, 1)
              .about(Tape.ES)
              .cancelBid(1, 6);
      var desk = Desk.started(tape).toTheEnd();
      var facts = desk.replay.facts();
      assertThat(facts.unusable())
          .isEqualTo(
              Map.of(
                  "KNOWN_ORDER", 1L,
                  "OFF_TICK", 1L,
                  "UNKNOWN_ORDER", 2L,
                  "WRONG_SIDE", 1L,
                  "NO_SIDE", 1L,
                  "UNKNOWN_ACTION", 1L,
                  "UNKNOWN_INSTRUMENT", 1L,
                  "NO_SYMBOL", 1L,
                  "TOO_MUCH_CANCELED", 1L));
      assertThat(facts.records()).isEqualTo(tape.rows());
      assertThat(facts.markets())
          .extracting(ReplayFacts.Market::symbol)
          .containsExactly("ESH4", "NQH4", "instrument 6");
      assertThat(facts.files().getFirst().allows()).startsWith("Every order");
    }

    @Test
    void areReadableByPeople() {
      var tape = Tape.mbo().bid(1, 100, 5).bid(1, 100, 5).ask(2, 104, 3).buyerLifts(2, 104, 1);
      assertThat(Desk.started(tape).toTheEnd().replay.facts().text())
          .isEqualTo(
              """
              tape: mbo of ESH4
              records 6 {add=3, cancel=1, fill=1, trade=1}
              unusable {KNOWN_ORDER=1}
              ESH4: 6 records from 2023-12-25T23:00:00Z to 2023-12-25T23:00:00Z
                trades 1, volume 1, open 26.00, high 26.00, low 26.00, close 26.00
                last book top: 5 at 25.00 bid, 2 at 26.00 asked""");
    }

    @Test
    void negativePricesAreFine() {
      var desk =
          Desk.started(Tape.mbo().bid(1, -151, 5).ask(2, -150, 5).buyerLifts(2, -150, 1))
              .toTheEnd();
      assertThat(desk.replay.facts().markets().getFirst().low())
          .isEqualTo(new BigDecimal("-37.50"));
      assertThat(desk.replay.facts().unusable()).isEmpty();
    }
  }
}
