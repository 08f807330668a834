package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Topics;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.TestStack;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How a start depends on the length of the journal; {@code -Djournal.lines=1000000
 * -Dreplica.as-shipped=true} measures.
 */
@Tag("soak")
class LongJournalIT {
  private static final String ACCOUNT = "LONG";
  private static final long SHORT = 30_000;
  private static final long LINES = Long.getLong("journal.lines", SHORT);

  /** Every snapshot is at most so many events old. */
  private static final long TAIL = 9_999;

  @Test
  void aStartReadsTheNewestSnapshotAndWhatCameAfterIt() throws Exception {
    try (var stack = TestStack.own();
        var venue = new PracticeVenue(stack);
        var service = Replica.start(stack, stack.reactiveUrl(), List.of(ACCOUNT))) {
      service.awaitReady();
      venue.reconcile(List.of(ACCOUNT));
      // an id that was refused stays refused
      for (var i = 0; service.place(ACCOUNT, "early" + i, 1).status() != 201; i++)
        Replica.sleep(100);
      assertThat(service.place(ACCOUNT, "template", 1).status()).isEqualTo(201);
      var template = PublishedTape.complete(stack, Duration.ofSeconds(90)).get(ACCOUNT).size();
      assertThat(service.cancel(ACCOUNT, "template").status()).isEqualTo(202);
      venue.cancel(ACCOUNT, "template");
      for (var i = 0; i < 600 && seq(stack, "account_event") < template + 2; i++)
        Replica.sleep(100);

      var empty = LINES > SHORT ? restart(service) : 0;
      lengthen(stack, template, LINES);
      var folded = restart(service);
      var last = seq(stack, "account_event");
      assertThat(seq(stack, "account_snapshot")).as("the snapshot of a long fold").isEqualTo(last);
      lengthen(stack, template, TAIL);
      var restored = restart(service);
      assertThat(service.place(ACCOUNT, "after", 1).status()).isEqualTo(201);
      assertThat(seq(stack, "account_event")).isEqualTo(last + TAIL / 3 * 3 + 1);
      System.out.printf(
          "ready after: %.1f s with no journal, %.1f s folding %d lines, %.1f s from a snapshot and %d lines%n",
          empty, folded, last, restored, TAIL);
    }
  }

  /** Ends it in order, starts it; seconds from the start of the process until it takes commands. */
  private static double restart(Replica service) {
    service.close();
    var begin = System.nanoTime();
    service.startAgain();
    service.awaitReady();
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * More orders that were submitted, asked to be canceled and canceled, as if published long ago.
   */
  private static void lengthen(TestStack stack, int template, long lines) throws SQLException {
    try (var connection = stack.connect("order_service");
        var insert =
            connection.prepareStatement(
                """
                insert into account_event (account_id, seq, at, cl_ord_id, batch_id, body)
                select t.account_id, last.seq + 3 * n + t.seq - ? + 1, t.at, 'g' || last.seq + n, gen_random_uuid(),
                       replace(regexp_replace(t.body, '"seq":' || t.seq, '"seq":' || (last.seq + 3 * n + t.seq - ? + 1)),
                               'template', 'g' || last.seq + n)
                  from account_event t, (select max(seq) as seq from account_event) last, generate_series(0, ? - 1) n
                 where t.seq between ? and ? + 2""")) {
      insert.setInt(1, template);
      insert.setInt(2, template);
      insert.setLong(3, lines / 3);
      insert.setInt(4, template);
      insert.setInt(5, template);
      assertThat(insert.executeUpdate()).isEqualTo((int) (lines / 3 * 3));
      try (var press = Press.of(stack.bootstrapServers());
          var newest =
              connection
                  .createStatement()
                  .executeQuery("select body from account_event order by seq desc limit 1")) {
        newest.next();
        press.printText(Topics.ORDER_EVENTS, ACCOUNT, newest.getString(1));
      }
    }
  }

  private static long seq(TestStack stack, String table) throws SQLException {
    try (var connection = stack.connect("order_service");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select coalesce(max(seq), 0) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
