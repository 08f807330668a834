package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
  @TempDir Path place;

  @Test
  void anAcknowledgedCommitSurvivesTheSuddenDeathOfPostgres() throws Exception {
    var postgres = LocalPostgres.start(options());
    assertThat(setting(postgres, "fsync")).isEqualTo("on");
    assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
    assertThat(setting(postgres, "full_page_writes")).isEqualTo("on");
    var acknowledged = new AtomicLong();
    try (var connection = orderService(postgres)) {
      Database.execute(connection, "create table fact (n bigint primary key)");
      var killer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (acknowledged.get() < 300) {
                      Thread.onSpinWait();
                    }
                    killAll(postgres);
                  });
      assertThatThrownBy(
              () -> {
                while (true) {
                  var next = acknowledged.get() + 1;
                  Database.execute(connection, "insert into fact values (" + next + ")");
                  acknowledged.set(next);
                }
              })
          .isInstanceOf(SQLException.class);
      killer.join();
    }

    try (var again = LocalPostgres.start(options());
        var connection = orderService(again);
        var rows = connection.createStatement().executeQuery("select count(*), max(n) from fact")) {
      assertThat(rows.next()).isTrue();
      // One more may have been committed without its acknowledgement reaching us.
      assertThat(rows.getLong(1)).isBetween(acknowledged.get(), acknowledged.get() + 1);
      assertThat(rows.getLong(2)).isEqualTo(rows.getLong(1));
    }
  }

  @Test
  void aPostgresThatAKilledLauncherLeftRunningIsReplaced() throws Exception {
    var left = LocalPostgres.start(undurable()).pid();
    try (var again = LocalPostgres.start(undurable())) {
      assertThat(again.pid()).isNotEqualTo(left);
      orderService(again).close();
    }
  }

  @Test
  void nobodyGetsInWithoutAPassword() throws Exception {
    try (var postgres = LocalPostgres.start(undurable())) {
      for (var user : List.of("tapeline_admin", "order_service", "postgres")) {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), user, "postgres"))
            .hasMessageContaining("password authentication failed");
      }
      var file = place.resolve("my data/postgres-passwords");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aServiceSeesOnlyItsOwnSchemas() throws Exception {
    try (var postgres = LocalPostgres.start(undurable());
        var gateway = connect(postgres, "market_gateway");
        var bridge = connect(postgres, "ui_bridge")) {
      Database.execute(gateway, "create table quote (id int)");
      Database.execute(gateway, "create table venue_sim.resting (id int)");
      assertThatThrownBy(() -> Database.execute(bridge, "select * from market_gateway.quote"))
          .hasMessageContaining("permission denied for schema");
    }
  }

  private LocalPostgres.Options options() {
    return options(true);
  }

  private LocalPostgres.Options undurable() {
    return options(false);
  }

  private LocalPostgres.Options options(boolean durable) {
    return new LocalPostgres.Options(
        place.resolve("my data/postgres"),
        TestPlaces.BINARIES,
        place.resolve("my data/postgres.log"),
        port,
        durable);
  }

  private final int port = Ports.free(1).getFirst();

  private static Connection orderService(LocalPostgres postgres) throws SQLException {
    return connect(postgres, "order_service");
  }

  private static Connection connect(LocalPostgres postgres, String user) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), user, postgres.passwordOf(user));
  }

  private static String setting(LocalPostgres postgres, String name) throws SQLException {
    try (var connection = postgres.database().connect();
        var rows = connection.createStatement().executeQuery("show " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The postmaster and every process of it, without a chance to write anything. */
  private static void killAll(LocalPostgres postgres) {
    var postmaster = ProcessHandle.of(postgres.pid().orElseThrow()).orElseThrow();
    var children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
    children.forEach(child -> child.onExit().join());
  }
}
