package io.tapeline.stack;

import io.tapeline.contract.TopicSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which Kafka a database belongs to: the cluster's id is kept in PostgreSQL. Journals and tape of
 * different installations would contradict each other in ways nobody could repair.
 */
final class Installation {
  private static final String TABLE = Database.INSTALLATION_SCHEMA + ".identity";

  private Installation() {}

  /** Refuses a pair that does not belong together; a new pair is married. */
  static void check(Database database, String bootstrapServers, List<TopicSpec> topics) {
    try (var admin = TopicSetup.admin(bootstrapServers);
        var connection = database.connect()) {
      var cluster = TopicSetup.await(admin.describeCluster().clusterId());
      var tapeIsNew = TopicSetup.partitionsByTopic(admin, topics).isEmpty();
      judge(recordedCluster(connection), cluster, tapeIsNew)
          .ifPresent(
              sentence -> {
                throw new StackException(sentence);
              });
      record(connection, cluster);
    } catch (SQLException e) {
      throw new StackException("PostgreSQL refused: " + Database.reason(e) + ".", e);
    }
  }

  /** A sentence, where they do not belong together. */
  static Optional<String> judge(Optional<String> recorded, String cluster, boolean tapeIsNew) {
    var remedy =
        " Give the --data (or --kafka and --postgres) that belong together, or start over with --fresh.";
    if (recorded.isEmpty() && !tapeIsNew) {
      return Optional.of(
          "This Kafka already holds the tape of another installation, and this PostgreSQL is new: they do not belong together."
              + remedy);
    }
    if (recorded.isPresent() && !recorded.get().equals(cluster)) {
      return Optional.of(
          "This PostgreSQL belongs to the Kafka cluster %s, and this Kafka is %s: they do not belong together."
                  .formatted(recorded.get(), cluster)
              + remedy);
    }
    return Optional.empty();
  }

  private static Optional<String> recordedCluster(Connection connection) throws SQLException {
    Database.execute(connection, "create schema if not exists " + Database.INSTALLATION_SCHEMA);
    Database.execute(
        connection,
        "create table if not exists "
            + TABLE
            + " (the_only boolean primary key default true check (the_only), kafka_cluster_id text not null, since timestamptz not null default now())");
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select kafka_cluster_id from " + TABLE)) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    }
  }

  private static void record(Connection connection, String cluster) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "insert into " + TABLE + " (kafka_cluster_id) values (?) on conflict do nothing")) {
      statement.setString(1, cluster);
      statement.executeUpdate();
    }
  }
}
