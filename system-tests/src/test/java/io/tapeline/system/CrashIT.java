package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service is killed in the middle of a stream of orders; afterwards every view must tell the
 * same story.
 */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path data;
  private static Desk desk;

  @BeforeAll
  static void theDeskRuns() {
    desk = Desk.start(data.resolve("tape"));
  }

  @AfterAll
  static void theDeskStops() {
    if (desk != null) desk.close();
  }

  @Test
  void whicheverServiceIsKilledNoOrderIsLostAndNoFillIsLostOrDoubled() {
    var symbol = desk.frontContract("ES");
    try (var orders = OrderStream.start(desk, "PRACTICE", symbol)) {
      for (var victim :
          List.of("order-service", "market-gateway", "position-service", "ui-bridge")) {
        orders.awaitMore(15, PATIENCE);
        desk.kill(victim);
        orders.awaitMore(15, PATIENCE);
      }
      orders.stop();
      Agreement.await(desk, "PRACTICE", symbol, orders.acknowledged(), PATIENCE);
      assertThat(Desk.run("verify", "--data", desk.data().toString()))
          .contains("PRACTICE: ok")
          .contains("Everything that is kept is what the tape says.");
    }
    anAccountWhoseTapeIsSpoiltIsRepairedAndTradesOn(symbol);
  }

  private static void anAccountWhoseTapeIsSpoiltIsRepairedAndTradesOn(String symbol) {
    var market = Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1);
    desk.press(Topics.ORDER_EVENTS, "PRACTICE", "{no line of a journal");
    Desk.eventually(
        () ->
            assertThat(desk.get("/api/accounts/PRACTICE").path("quarantined").asBoolean())
                .isTrue());
    // more than is ever allowed: none of these is taken before the quarantine is heard
    var tooMany = Map.of("symbol", symbol, "side", "BUY", "ordType", "MARKET", "orderQty", 1_000);
    Desk.eventually(
        () -> assertThat(desk.answerTo("PRACTICE", tooMany)).contains("ACCOUNT_QUARANTINED"));

    assertThat(Desk.exitOf("verify", "--data", desk.data().toString()))
        .as("what differs is no success")
        .isEqualTo(3);
    assertThat(Desk.run("repair", "PRACTICE", "--data", desk.data().toString()))
        .contains("may trade again");

    var order = desk.place("PRACTICE", market);
    Desk.eventually(
        () ->
            assertThat(
                    desk.get("/api/accounts/PRACTICE/orders/" + order).path("ordStatus").asText())
                .isEqualTo("FILLED"));
    Desk.eventually(
        () ->
            assertThat(Desk.run("verify", "--data", desk.data().toString()))
                .contains("PRACTICE: ok"));
  }
}
