package io.tapeline.bridge.fanout.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientViewTest {
  private static final ChannelName ES = ChannelName.quote("ESH4");
  private static final ChannelName ES_TAPE = new ChannelName(ChannelKind.TAPE, "ESH4");
  private static final ChannelName ACCOUNT = new ChannelName(ChannelKind.ACCOUNT, "PRACTICE");
  private static final ChannelName ORDERS = new ChannelName(ChannelKind.ORDERS, "PRACTICE");
  private static final long MS = 1_000;

  private final Board board = new Board(Set.of("PRACTICE"));
  private final ClientView view = new ClientView();
  private final Frame frame = new TextFrame("e1");
  private final Replica client = new Replica();

  ClientViewTest() {
    board.instrument("ESH4", new BigDecimal("0.25"), true);
    board.instrument("ESM4", new BigDecimal("0.25"), false);
  }

  private boolean flushAt(long micros) {
    if (!view.flush(frame, Replica.stamp(micros), micros)) return false;
    client.receive(frame);
    return true;
  }

  private void quote(String bid) {
    board.put(ES, ("{\"bidPx\":\"" + bid + "\"}").getBytes(UTF_8), 0);
  }

  private void order(long seq) {
    board.record(ORDERS, seq, "o" + seq, ("{\"seq\":" + seq + "}").getBytes(UTF_8), 0);
  }

  private String lastFrame() {
    return client.frames.getLast().toString();
  }

  @Nested
  class States {
    @Test
    void aSubscriptionStartsWithASnapshotThatSaysSo() {
      quote("4800.25");
      view.subscribe(board.find(ES), null);

      assertThat(flushAt(0)).isTrue();

      assertThat(lastFrame())
          .contains(
              "{\"op\":\"snapshot\",\"ch\":\"quote:ESH4\"},{\"ch\":\"quote:ESH4\",\"v\":1,\"n\":1,\"age\":0,\"snap\":true,\"data\":{\"bidPx\":\"4800.25\"}}");
    }

    @Test
    void theFirstChangeAfterSilenceGoesOutAtOnceAndTheNextOnesAreMergedUntilTheWindowEnds() {
      view.subscribe(board.find(ES), null);
      flushAt(0);
      quote("1");
      assertThat(flushAt(60 * MS)).as("leading edge").isTrue();

      quote("2");
      quote("3");
      assertThat(flushAt(61 * MS)).as("within the window").isFalse();
      assertThat(view.nextDue(61 * MS)).isEqualTo(110 * MS);
      assertThat(flushAt(110 * MS)).isTrue();

      assertThat(lastFrame()).contains("\"v\":3,\"n\":2,").contains("\"bidPx\":\"3\"");
    }

    @Test
    void anUnchangedKeyIsNotSentAgain() {
      quote("1");
      view.subscribe(board.find(ES), null);
      flushAt(0);
      assertThat(flushAt(1_000 * MS)).isFalse();
    }

    @Test
    void aClientMayAskForAnotherWindowWithinReason() {
      view.window(1);
      view.subscribe(board.find(ES), null);
      quote("1");
      flushAt(0);
      quote("2");
      assertThat(flushAt(19 * MS)).isFalse();
      assertThat(flushAt(20 * MS)).isTrue();
    }

    @Test
    void aHiddenPageHearsOfTheMarketOnceASecondButOfItsOrdersAtOnce() {
      view.hidden(true);
      order(1);
      view.subscribe(board.find(ES), null);
      view.subscribe(board.find(ORDERS), 1L);
      quote("1");
      flushAt(0);
      quote("2");
      order(2);
      flushAt(100 * MS);
      assertThat(lastFrame()).contains("orders:PRACTICE").doesNotContain("quote:ESH4");
      assertThat(flushAt(999 * MS)).isFalse();
      assertThat(flushAt(1_000 * MS)).isTrue();
    }

    @Test
    void aSlowSocketGetsTheNewestValueOnceItDrainsAndIsToldThatItWasMerged() {
      view.subscribe(board.find(ES), null);
      flushAt(0);
      for (int i = 1; i <= 1_000; i++) {
        quote(Integer.toString(i));
        view.skip();
      }
      flushAt(60 * MS);
      assertThat(lastFrame())
          .contains("\"con\":true")
          .contains("\"n\":1000")
          .contains("\"bidPx\":\"1000\"");
      quote("1001");
      assertThat(view.nextDue(60 * MS)).as("its window is longer now").isGreaterThan(500 * MS);
    }

    @Test
    void anOlderVersionNeverReplacesANewerOne() {
      assertThat(board.put(ACCOUNT, null, new Version(9, 2), "{}".getBytes(UTF_8), 0)).isTrue();
      assertThat(board.put(ACCOUNT, null, new Version(9, 1), "{}".getBytes(UTF_8), 0)).isFalse();
      assertThat(board.put(ACCOUNT, null, new Version(8, 99), "{}".getBytes(UTF_8), 0)).isFalse();
      view.subscribe(board.find(ACCOUNT), null);
      flushAt(0);
      assertThat(lastFrame()).contains("\"v\":[9,2]");
    }

    @Test
    void allFrontContractsComeUnderTheirOwnNames() {
      quote("1");
      board.put(ChannelName.quote("ESM4"), "{}".getBytes(UTF_8), 0);
      view.subscribe(board.find(ChannelName.FRONT_QUOTES), null);
      flushAt(0);
      assertThat(client.values).containsOnlyKeys("quote:ESH4");
    }

    @Test
    void aFrameThatIsFullIsContinuedWhereItWasCut() {
      var positions = new ChannelName(ChannelKind.POSITIONS, "PRACTICE");
      var large = ("{\"text\":\"" + "x".repeat(1_000) + "\"}").getBytes(UTF_8);
      for (int i = 0; i < 200; i++) board.put(positions, "S" + i, large, 0);
      view.subscribe(board.find(positions), null);

      flushAt(0);
      assertThat(client.values.get("positions:PRACTICE")).hasSizeLessThan(80);
      assertThat(view.nextDue(0)).as("more is to come at once").isZero();
      while (flushAt(0)) {}

      assertThat(client.values.get("positions:PRACTICE")).hasSize(200);
    }
  }

  @Nested
  class Records {
    @Test
    void ordersAreAskedOfTheirOwnerOnceAndGoOnAfterItsAnswer() {
      view.subscribe(board.find(ORDERS), null);
      assertThat(view.takeWanted()).containsExactly(ORDERS);
      assertThat(view.takeWanted()).isEmpty();
      order(4);
      order(5);
      assertThat(flushAt(0)).as("nothing before the snapshot").isFalse();

      view.begin(
          ORDERS, List.of(Ring.Entry.of(ORDERS, 3, "o3", "{\"seq\":3}".getBytes(UTF_8), 0)), 4);
      flushAt(0);

      assertThat(client.controls).containsExactly("snapshot orders:PRACTICE");
      assertThat(client.records.get("orders:PRACTICE")).containsExactly(3L, 5L);
    }

    @Test
    void ordersStandBeforeMarketDataInTheFrame() {
      view.subscribe(board.find(ES), null);
      order(1);
      view.subscribe(board.find(ORDERS), 1L);
      flushAt(0);
      quote("1");
      order(2);
      flushAt(200 * MS);
      assertThat(lastFrame().indexOf("orders:PRACTICE"))
          .isLessThan(lastFrame().indexOf("quote:ESH4"))
          .isPositive();
    }

    @Test
    void aClientThatComesBackInTimeGetsExactlyWhatItMissed() {
      for (long seq = 1; seq <= 5; seq++) order(seq);
      view.subscribe(board.find(ORDERS), 3L);
      flushAt(0);
      assertThat(client.controls).containsExactly("resumed orders:PRACTICE");
      assertThat(client.records.get("orders:PRACTICE")).containsExactly(4L, 5L);
    }

    @Test
    void aClientThatComesBackTooLateStartsOver() {
      order(100);
      view.subscribe(board.find(ORDERS), 3L);
      assertThat(view.takeWanted()).containsExactly(ORDERS);
    }

    @Test
    void aHoleInTheAccountsStreamIsToldAndFilledFromItsOwner() {
      order(1);
      view.subscribe(board.find(ORDERS), 1L);
      flushAt(0);
      order(5); // 2 to 4 never came
      flushAt(100 * MS);
      assertThat(client.controls)
          .containsExactly("resumed orders:PRACTICE", "resync orders:PRACTICE");
      assertThat(view.takeWanted()).containsExactly(ORDERS);
    }

    @Test
    void anAnswerOlderThanTheRingIsNotUsed() {
      order(1);
      order(9);
      view.subscribe(board.find(ORDERS), null);
      view.takeWanted();
      view.begin(ORDERS, List.of(), 5);
      assertThat(flushAt(0)).isFalse();
      assertThat(view.takeWanted()).as("asked again").containsExactly(ORDERS);
    }

    @Test
    void theTapeSkipsAndSaysHowMuch() {
      view.subscribe(board.find(ES_TAPE) == null ? tape() : board.find(ES_TAPE), null);
      flushAt(0);
      for (int i = 0; i < 300; i++)
        board.append(ES_TAPE, Integer.toString(i), "{}".getBytes(UTF_8), 0);
      flushAt(100 * MS);
      assertThat(client.lost.get("tape:ESH4")).isEqualTo(44);
      assertThat(client.records.get("tape:ESH4")).hasSize(256);
    }

    private Channel tape() {
      board.append(ES_TAPE, "0", "{}".getBytes(UTF_8), 0);
      return board.find(ES_TAPE);
    }
  }

  @Test
  void thereAreNoChannelsOfUnknownAccountsOrSymbols() {
    assertThat(board.find(new ChannelName(ChannelKind.ORDERS, "OTHER"))).isNull();
    assertThat(board.find(ChannelName.quote("XXH4"))).isNull();
    assertThat(ChannelName.parse("bogus:ESH4")).isNull();
    assertThat(ChannelName.parse("quote:../etc")).isNull();
    assertThat(ChannelName.parse("quote:*")).isEqualTo(ChannelName.FRONT_QUOTES);
    assertThat(ChannelName.parse("status")).isEqualTo(ChannelName.STATUS);
    assertThat(ChannelName.parse("depth:*")).isNull();
  }
}
