package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.PositionDesk.SOON;
import static io.tapeline.positions.PositionDesk.accountRow;
import static io.tapeline.positions.PositionDesk.assertThatTablesAgree;
import static io.tapeline.positions.PositionDesk.assertThatThePastAgrees;
import static io.tapeline.positions.PositionDesk.atSeq;
import static io.tapeline.positions.PositionDesk.positionRow;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.Topics;
import io.tapeline.positions.app.Accounts;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the venue takes back or corrects, on real Kafka and PostgreSQL. Every test has an account of
 * its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class ReversalIT {
  @Inject Accounts accounts;

  private Press press;

  @BeforeEach
  void everythingIsRead() throws InterruptedException {
    press = Press.shared();
    PositionDesk.awaitEverythingRead();
  }

  @AfterEach
  void close() {
    press.close();
  }

  @Test
  void whatTheVenueTakesBackOrCorrectsIsBookedAsIfItHadNeverBeenOtherwise() throws SQLException {
    var journal =
        new Journal(press, "REVERSED")
            .es()
            .filled("A", "ESH4", BUY, 2, "4800.00", "2.10")
            .filled("B", "ESH4", BUY, 1, "4801.00", "1.05");
    positionRow("REVERSED|ESH4", atSeq(3));
    accounts.forget(id -> id.value().equals("REVERSED"));

    // one fill that stands in the tables, one that may come with its bust
    journal
        .corrected("A", "ESH4", BUY, 2, "4800.00", 3, "4799.00")
        .filled("C", "ESH4", SELL, 9, "4700.00", null)
        .busted("C", "ESH4", SELL, 9, "4700.00")
        .filled("D", "ESH4", SELL, 1, "4802.00", null);
    var position = positionRow("REVERSED|ESH4", atSeq(7));
    assertThat(position.path("netQty").asLong()).isEqualTo(3);
    assertThat(position.path("realizedPnl").asText()).isEqualTo("150");
    assertThat(position.path("fees").asText()).isEqualTo("1.05");
    assertThatTablesAgree("REVERSED");

    journal
        .busted("A.c", "ESH4", BUY, 3, "4799.00")
        .busted("B", "ESH4", BUY, 1, "4801.00")
        .busted("D", "ESH4", SELL, 1, "4802.00");
    position = positionRow("REVERSED|ESH4", atSeq(10));
    assertThat(position.path("netQty").asLong()).isZero();
    assertThat(position.path("realizedPnl").asText()).isEqualTo("0");
    assertThat(accountRow("REVERSED", atSeq(10)).path("balance").asText()).isEqualTo("50000");
    assertThatTablesAgree("REVERSED");
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement();
        var rows =
            statement.executeQuery(
                """
                select string_agg(seq || ' at ' || place || ' until ' || reversed_seq, ', ' order by seq)
                from position_service.fill where account_id = 'REVERSED'""")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1))
          .isEqualTo(
              "2 at 2 until 4, 3 at 3 until 9, 4 at 2 until 8, 5 at 5 until 6, 7 at 7 until 10");
    }
  }

  @Test
  void aBustOfAnExecutionNobodyBookedIsAnAlarm() {
    new Journal(press, "REVERSED_UNKNOWN")
        .es()
        .filled("A", "ESH4", BUY, 2, "4800.00", null)
        .busted("Z", "ESH4", BUY, 2, "4800.00");

    var row = accountRow("REVERSED_UNKNOWN", PositionDesk::quarantined);
    assertThat(row.path("version").path(0).asLong()).isEqualTo(2);
    try (var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      var entry = parked.await(SOON, candidate -> candidate.key().equals("REVERSED_UNKNOWN"));
      assertThat(entry.headers()).containsEntry("tapeline-reason", "NOT_STANDING");
    }
  }

  @Test
  void aStormOfBustsAndCorrectionsGivesTheSamePositionsAsTheTape() {
    var random = new Random(20_260_103);
    var journal = new Journal(press, "REVERSED_STORM").es();
    var standing = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      if (standing.isEmpty() || random.nextInt(3) > 0) {
        standing.add("E" + i);
        journal.filled("E" + i, "ESH4", BUY, 2, "4800.25", "1.05");
      } else {
        var execId = standing.remove(random.nextInt(standing.size()));
        if (random.nextBoolean()) journal.busted(execId, "ESH4", BUY, 2, "4800.25");
        else {
          standing.add(execId + ".c");
          journal.corrected(execId, "ESH4", BUY, 2, "4800.25", 2, "4800.25");
        }
      }
      if (random.nextInt(60) == 0) accounts.forget(_ -> true);
    }

    // a line that moves nothing is not said, and how lines come together is chance
    journal.filled("LAST", "ESH4", SELL, 1, "4800.25", "1.05");

    assertThat(positionRow("REVERSED_STORM|ESH4", atSeq(302)).path("netQty").asLong())
        .isEqualTo(2L * standing.size() - 1);
    assertThatTablesAgree("REVERSED_STORM");
    assertThatThePastAgrees("REVERSED_STORM");
  }
}
