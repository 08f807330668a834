package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service is killed in the middle of a stream of orders; afterwards every view must tell the
 * same story.
 */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

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
      var rows = awaitSettled();

      assertThat(rows)
          .extracting(row -> row.path("clOrdId").asText())
          .containsAll(orders.acknowledged());
    }
    everyViewAgrees(symbol);
  }

  /** Every order has reached a state that only the market can change. */
  private static List<JsonNode> awaitSettled() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(allOf("/api/accounts/PRACTICE/orders?state=all"))
                    .filteredOn(row -> !row.path("pending").isEmpty())
                    .isEmpty());
    return allOf("/api/accounts/PRACTICE/orders?state=all");
  }

  private static void everyViewAgrees(String symbol) {
    var journal = Journal.of(desk, "PRACTICE");
    assertThat(journal.gaps()).as("gaps in seq").isEmpty();
    assertThat(journal.fills()).as("fills on the tape").isNotEmpty().doesNotHaveDuplicates();

    var fills = allOf("/api/accounts/PRACTICE/fills?x=");
    assertThat(fills)
        .extracting(fill -> fill.path("execId").asText())
        .containsExactlyInAnyOrderElementsOf(journal.fills());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(allOf("/api/accounts/PRACTICE/positions?x="))
                    .filteredOn(row -> row.path("symbol").asText().equals(symbol))
                    .singleElement()
                    .satisfies(
                        row ->
                            assertThat(row.path("netQty").asLong())
                                .isEqualTo(journal.netQty(symbol))));

    var cumQty =
        allOf("/api/accounts/PRACTICE/orders?state=all").stream()
            .mapToLong(row -> row.path("cumQty").asLong())
            .sum();
    assertThat(cumQty).as("lots filled, by order").isEqualTo(journal.filledLots());
    assertThat(journal.venueView(symbol))
        .as("the venue's own position, when last reconciled")
        .isPresent();
  }

  private static List<JsonNode> allOf(String path) {
    var items = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = desk.get(path + "&limit=500" + cursor);
      page.path("items").forEach(items::add);
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return items;
  }
}
