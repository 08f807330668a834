package io.tapeline.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The yardstick: a plain client that writes one row per transaction over many connections into the
 * same PostgreSQL. What the machine and its disk can do at the moment of the measurement.
 */
final class PlainInserts {
  private static final int CONNECTIONS = 32;
  private static final String BODY = "x".repeat(800);
  private final Database database;

  PlainInserts(Database database) {
    this.database = database;
  }

  /** Transactions a second. */
  double perSecond(Duration duration) throws SQLException {
    try (var connection = database.connect()) {
      Database.execute(connection, "create schema if not exists bench");
      Database.execute(
          connection,
          "create table if not exists bench.plain (id bigint generated always as identity primary key, at timestamptz not null default now(), body text not null)");
      Database.execute(connection, "truncate bench.plain");
    }
    var done = new AtomicInteger();
    var connections = new ArrayList<Connection>();
    try {
      for (var i = 0; i < CONNECTIONS; i++) connections.add(database.connect());
      var begin = System.nanoTime();
      var end = begin + duration.toNanos();
      var threads =
          connections.stream()
              .map(c -> Thread.ofPlatform().name("plain").start(() -> insert(c, end, done)))
              .toList();
      for (var thread : threads) thread.join();
      return done.get() / ((System.nanoTime() - begin) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    } finally {
      for (var connection : connections) connection.close();
    }
  }

  private static void insert(Connection connection, long end, AtomicInteger done) {
    try (var insert = connection.prepareStatement("insert into bench.plain (body) values (?)")) {
      while (System.nanoTime() < end) {
        insert.setString(1, BODY);
        insert.executeUpdate();
        done.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new StackException("the plain client cannot insert: " + Database.reason(e), e);
    }
  }
}
