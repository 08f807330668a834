package io.tapeline.market.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Topics;
import io.tapeline.market.alert.domain.Alert;
import io.tapeline.market.alert.domain.Alert.Direction;
import io.tapeline.market.alert.domain.AlertRefusal;
import io.tapeline.market.alert.domain.AlertState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.store.AlertStore;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.testkit.Tape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prices users wait for, over kills of the gateway. */
class AlertsIT {
  private static final String ES = "ESH6";

  private Bench bench;
  private String venue;
  private String user;
  private long tradeId;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    venue = bench.account("alerts").value();
    user = bench.account("ann").value();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench.Life live() throws InterruptedException {
    return bench.live(venue, (_, _) -> new StubVenue(), "A").withBars().reconciled();
  }

  private void trade(Bench.Life life, String px) {
    long ticks = new BigDecimal(px).multiply(new BigDecimal(4)).longValueExact();
    var print =
        new Print(
            new Symbol(ES), ++tradeId, new Price(ticks), new Qty(1), Side.BUY, Instant.now(), null);
    ((StubVenue) life.venue).show(listener -> listener.print(print));
  }

  private AlertWatch.Answer set(
      Bench.Life life, String id, String px, @Nullable Direction direction, @Nullable String note) {
    return life.watch.set(new Alert.Id(user, id), ES, new BigDecimal(px), direction, note);
  }

  private List<Tape.Entry> told() {
    try (var notices = Tape.of(Topics.MARKET_NOTICES)) {
      return notices.read().stream().filter(each -> each.key().equals("@" + user)).toList();
    }
  }

  private List<String> toldIds() {
    return told().stream().map(each -> each.json().path("id").asText()).toList();
  }

  private AlertState state(String id) {
    return bench.alerts.find(new Alert.Id(user, id)).orElseThrow().state();
  }

  private boolean isToldForGood() {
    return bench.alerts.untold(venue).isEmpty();
  }

  @Test
  void aPriceThatIsReachedIsToldToItsUserOnceAndSurvivesKills() throws Exception {
    var life = live();
    assertThat(set(life, "up", "6800", Direction.ABOVE, "sell half"))
        .isInstanceOf(AlertWatch.Answer.Known.class);
    set(life, "down", "6700", Direction.BELOW, null);
    trade(life, "6799.75");
    trade(life, "6800.25");
    Bench.eventually("up is told", () -> toldIds().contains("alert:up") && isToldForGood());
    life.kill();

    life = live();
    trade(life, "6900");
    trade(life, "6699.75");
    Bench.eventually("down is told", () -> toldIds().contains("alert:down") && isToldForGood());
    life.kill();

    live();
    assertThat(toldIds()).containsExactlyInAnyOrder("alert:up", "alert:down");
    var up = told().stream().filter(e -> e.json().path("id").asText().endsWith("up")).findFirst();
    assertThat(up.orElseThrow().json().path("code").asText()).isEqualTo("PRICE_ALERT");
    assertThat(up.orElseThrow().json().path("text").asText())
        .isEqualTo("ESH6 traded at 6800.25, at or above 6800: sell half");
    assertThat(up.orElseThrow().json().at("/params/tradeId").asText()).isEqualTo("2");
  }

  /** The process ends between the write and the word, and between the trade and the write. */
  @Test
  void whatWasReachedBeforeAKillIsToldAfterIt() throws Exception {
    var life = live();
    set(life, "written", "6800", Direction.ABOVE, null);
    set(life, "seen", "6700", Direction.BELOW, null);
    life.kill();
    // written, as by a gateway that was killed before it told
    bench.sql(
        "update market_gateway.price_alert set state = 'TRIGGERED', ended_at = now(), trade_id = 1,"
            + " trade_px = 6800, trade_at = now() where alert_id = 'written' and user_name = '%s'"
                .formatted(user));
    // on the tape, and nobody saw it
    var dead = bench.live(venue, (_, _) -> new StubVenue(), "A").reconciled();
    trade(dead, "6690");
    Bench.eventually("it is printed", () -> dead.board.printed(ES) == 1);
    dead.kill();
    assertThat(state("seen")).isEqualTo(AlertState.ACTIVE);

    live();
    Bench.eventually(
        "both are told",
        () -> toldIds().containsAll(List.of("alert:written", "alert:seen")) && isToldForGood());
    assertThat(toldIds()).containsExactlyInAnyOrder("alert:written", "alert:seen");
    assertThat(state("seen")).isEqualTo(AlertState.TRIGGERED);
  }

  /** The row cannot be written until the trade has been read back, were it not for the wait. */
  @Test
  void aTradeWhileAnAlertIsBeingSetReachesIt() throws Exception {
    var life = live();
    trade(life, "6790");
    try (var busy = bench.locked("market_gateway:alerts:" + user)) {
      var setting =
          CompletableFuture.supplyAsync(() -> set(life, "late", "6800", Direction.ABOVE, null));
      Bench.eventually("it is being set", busy::isWaitedFor);
      trade(life, "6800");
      Thread.sleep(1_000); // enough for the way to the tape and back
      busy.release();
      assertThat(setting.get(60, TimeUnit.SECONDS)).isInstanceOf(AlertWatch.Answer.Known.class);
    }
    Bench.eventually("it is told", () -> toldIds().contains("alert:late") && isToldForGood());
  }

  @Test
  void whatIsCanceledIsNotToldAndWhatIsRepeatedIsTheSame() throws Exception {
    var life = live();
    set(life, "a", "6800", Direction.ABOVE, null);
    set(life, "b", "6800", Direction.ABOVE, null);
    life.watch.cancel(new Alert.Id(user, "a"));
    assertThat(set(life, "a", "6800.00", Direction.ABOVE, null))
        .isInstanceOfSatisfying(
            AlertWatch.Answer.Known.class,
            known -> assertThat(known.alert().state()).isEqualTo(AlertState.CANCELED));
    assertThat(set(life, "a", "6801", Direction.ABOVE, null))
        .isEqualTo(refused(AlertRefusal.DUPLICATE_ALERT_ID, "alertId", "a"));
    assertThat(life.watch.cancel(new Alert.Id("somebody else", "b")))
        .isEqualTo(refused(AlertRefusal.UNKNOWN_ALERT, "alertId", "b"));
    set(life, "c", "6800", Direction.ABOVE, null);
    // canceled, and not out of memory yet when the trade comes
    bench.sql(
        "update market_gateway.price_alert set state = 'CANCELED', ended_at = now()"
            + " where alert_id = 'c' and user_name = '%s'".formatted(user));
    trade(life, "6850");
    Bench.eventually("b is told", () -> toldIds().contains("alert:b") && isToldForGood());
    assertThat(toldIds()).containsExactly("alert:b");
    assertThat(state("c")).isEqualTo(AlertState.CANCELED);
  }

  @Test
  void whatCannotBeWaitedForIsRefused() throws Exception {
    var life = live();
    assertThat(set(life, "x", "6800.1", Direction.ABOVE, null))
        .isEqualTo(refused(AlertRefusal.OFF_TICK, "px", "6800.1"));
    assertThat(
            life.watch.set(new Alert.Id(user, "x"), "ZZH6", BigDecimal.TEN, Direction.ABOVE, null))
        .isEqualTo(refused(AlertRefusal.UNKNOWN_SYMBOL, "symbol", "ZZH6"));
    assertThat(set(life, "x", "6800", null, null))
        .isEqualTo(refused(AlertRefusal.NO_LAST_PRICE, "symbol", ES));
    for (int i = 0; i < AlertStore.MOST_WAITING; i++)
      set(life, "m" + i, "9000", Direction.ABOVE, null);
    assertThat(set(life, "x", "6800", Direction.ABOVE, null))
        .isEqualTo(refused(AlertRefusal.TOO_MANY_ALERTS, "most", "100"));
    life.watch.cancel(new Alert.Id(user, "m0"));
    assertThat(set(life, "x", "6800", Direction.ABOVE, null))
        .isInstanceOf(AlertWatch.Answer.Known.class);
  }

  private static AlertWatch.Answer refused(AlertRefusal reason, String name, String value) {
    return new AlertWatch.Answer.Refused(reason, java.util.Map.of(name, value));
  }
}
