package io.tapeline.positions;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.positions.PositionDesk.assertThatTablesAgree;
import static io.tapeline.positions.PositionDesk.atSeq;
import static io.tapeline.positions.PositionDesk.positionRow;
import static io.tapeline.positions.PositionDesk.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tables against the tape, on real Kafka and PostgreSQL. Every test has an account of its own.
 */
@QuarkusTest
@TestProfile(ManyAccounts.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class VerifyIT {
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
  void verifyFindsAnAlteredRow() throws SQLException {
    new Journal(press, "VERIFY").es().filled("ESH4", BUY, 2, "4800.00");
    positionRow("VERIFY|ESH4", atSeq(2));
    assertThatTablesAgree("VERIFY");
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          "update position_service.position set cash_ticks = cash_ticks + 1 where account_id = 'VERIFY'");
    }

    var report = verify("VERIFY");

    assertThat(report.equal()).isFalse();
    assertThat(report.differences())
        .anySatisfy(text -> assertThat(text).startsWith("ESH4: tape net 2"));
  }
}
