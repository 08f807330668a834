package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Whether every view of an account tells the same story once trading has stopped. */
final class Agreement {
  private Agreement() {}

  /**
   * Waits for every answer of the venue, then holds the tape, the orders, the fills and the
   * position against each other.
   *
   * @param acknowledged ids that were answered with 201
   */
  static void await(
      Desk desk, String account, String symbol, List<String> acknowledged, Duration patience) {
    assertThat(settled(desk, account, patience))
        .extracting(row -> row.path("clOrdId").asText())
        .containsAll(acknowledged);
    // What was just filled is seen here sooner than there: all of it is looked at until it agrees.
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> agree(desk, account, symbol));
  }

  private static void agree(Desk desk, String account, String symbol) {
    var journal = Journal.of(desk, account);
    assertThat(journal.gaps()).as("gaps in seq").isEmpty();
    assertThat(journal.fills()).as("fills on the tape").isNotEmpty().doesNotHaveDuplicates();

    var fills = allOf(desk, "/api/accounts/" + account + "/fills?x=");
    assertThat(fills)
        .extracting(fill -> fill.path("execId").asText())
        .containsExactlyInAnyOrderElementsOf(journal.fills());

    assertThat(allOf(desk, "/api/accounts/" + account + "/positions?x="))
        .filteredOn(row -> row.path("symbol").asText().equals(symbol))
        .singleElement()
        .satisfies(
            row -> assertThat(row.path("netQty").asLong()).isEqualTo(journal.netQty(symbol)));

    var cumQty = orders(desk, account).stream().mapToLong(row -> row.path("cumQty").asLong()).sum();
    assertThat(cumQty).as("lots filled, by order").isEqualTo(journal.filledLots());
    assertThat(journal.venueView(symbol))
        .as("the venue's own position, when last reconciled")
        .isPresent();
  }

  /** Every order, once each has reached a state that only the market can change. */
  private static List<JsonNode> settled(Desk desk, String account, Duration patience) {
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(orders(desk, account))
                    .filteredOn(row -> !row.path("pending").isEmpty())
                    .isEmpty());
    return orders(desk, account);
  }

  private static List<JsonNode> orders(Desk desk, String account) {
    return allOf(desk, "/api/accounts/" + account + "/orders?state=all");
  }

  private static List<JsonNode> allOf(Desk desk, String path) {
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
