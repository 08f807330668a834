package io.tapeline.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.TestStack;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The other side of the topics: makes accounts tradable and answers orders. */
final class PracticeVenue implements AutoCloseable {
  private final Press press;

  PracticeVenue(TestStack stack) {
    press = Press.of(stack.bootstrapServers());
    press.print(
        Topics.INSTRUMENTS,
        "ESH6",
        new InstrumentRow(
            "ESH6",
            "ES",
            "XCME",
            "E-mini S&P 500",
            new BigDecimal("0.25"),
            new BigDecimal("12.50"),
            "USD",
            null,
            "17:00-16:00 America/Chicago",
            "sim",
            true));
  }

  void reconcile(List<String> accounts) {
    for (var account : accounts) {
      say(account, new VenueReport.ReconcileStarted());
      say(account, new VenueReport.ReconcileCompleted(List.of(), 0, 0, List.of()));
    }
  }

  /** Takes the order of a line of the tape and fills it at once. */
  void fill(String account, JsonNode submitted) {
    var id = submitted.path("clOrdId").asText();
    say(account, new VenueReport.Accepted(id, "V" + id));
    say(
        account,
        new VenueReport.Filled(
            id,
            "V" + id,
            "E" + id,
            "ESH6",
            io.tapeline.model.Side.BUY,
            submitted.path("orderQty").asLong(),
            new BigDecimal("5000"),
            null,
            null));
  }

  void cancel(String account, String id) {
    say(account, new VenueReport.Canceled(id, "V" + id, null, null));
  }

  private void say(String account, VenueReport report) {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    press.print(
        Topics.VENUE_REPORTS, account, new VenueReportRecord(account, "sim", 1, now, now, report));
  }

  @Override
  public void close() {
    press.close();
  }
}
