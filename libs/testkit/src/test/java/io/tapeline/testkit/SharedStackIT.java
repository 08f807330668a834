package io.tapeline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.contract.Topics;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedStackIT {
  private final TestStack stack = TestStack.shared();

  @Test
  void whatIsPrintedIsReadFromTheTape() {
    try (var press = Press.shared();
        var tape = Tape.of(Topics.ORDER_EVENTS)) {
      press.printText(Topics.ORDER_EVENTS, "PRACTICE", "{\"seq\":1}");
      var entry = tape.await(Duration.ofSeconds(60), e -> e.key().equals("PRACTICE"));
      assertThat(entry.json().get("seq").asLong()).isEqualTo(1);
    }
  }

  @Test
  void aServiceCreatesInItsOwnSchemaAndNotInAnother() throws SQLException {
    try (var connection = stack.connect("order_service");
        var statement = connection.createStatement()) {
      statement.execute("create table mine (id int)");
      var rows =
          statement.executeQuery("select schemaname from pg_tables where tablename = 'mine'");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("order_service");
      assertThatThrownBy(() -> statement.execute("create table position_service.theirs (id int)"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("create table public.everybodys (id int)"))
          .hasMessageContaining("permission denied");
    }
    stack.wipeDatabase("order_service");
    try (var connection = stack.connect("order_service")) {
      connection.createStatement().execute("create table mine (id int)");
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(
            () -> java.sql.DriverManager.getConnection(stack.jdbcUrl(), "order_service", "guess"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theSecretIsForItsOwnerOnly() throws Exception {
    assertThat(Files.getPosixFilePermissions(stack.secretFile())).hasSize(2);
    assertThat(Files.readString(stack.secretFile())).hasSize(43);
  }

  @Test
  void theStackIsStartedOnce() {
    assertThat(TestStack.shared().bootstrapServers()).isEqualTo(stack.bootstrapServers());
  }

  @Test
  void wipedTopicsAreThereAndEmpty() {
    try (var press = Press.shared()) {
      press.printText(Topics.ACCOUNTS, "A", "{}");
    }
    stack.wipeTopics();
    try (var tape = Tape.of(Topics.ACCOUNTS)) {
      assertThat(tape.read()).isEmpty();
    }
  }
}
