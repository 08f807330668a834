package io.tapeline.testkit;

import io.tapeline.stack.Database;
import io.tapeline.stack.Passwords;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The same stack from containers, for machines that have an engine: {@code -Dstack=containers}. */
final class StackInContainers {
  static final String KAFKA_CONTAINER = "kafka.container";

  private StackInContainers() {}

  static StackProcess.Running start(Path directory) throws SQLException {
    var postgres =
        new PostgreSQLContainer(
            DockerImageName.parse(System.getProperty("stack.postgres.image", "postgres:18"))
                .asCompatibleSubstituteFor("postgres"));
    var kafka =
        new KafkaContainer(
            DockerImageName.parse(System.getProperty("stack.kafka.image", "apache/kafka:4.1.1"))
                .asCompatibleSubstituteFor("apache/kafka"));
    try {
      Startables.deepStart(postgres, kafka).join();
    } catch (CompletionException e) {
      kafka.stop();
      postgres.stop();
      throw e;
    }
    var database =
        new Database(
            postgres.getHost(),
            postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            postgres.getUsername(),
            postgres.getPassword());
    var passwords = Passwords.keptIn(directory.resolve("passwords"), Database.USERS);
    database.provision(passwords);
    var coordinates = new Properties();
    coordinates.setProperty("bootstrap", kafka.getBootstrapServers());
    coordinates.setProperty(KAFKA_CONTAINER, kafka.getContainerId());
    coordinates.setProperty("jdbcUrl", database.jdbcUrl());
    coordinates.setProperty("reactiveUrl", database.reactiveUrl());
    for (var user : Database.USERS) {
      coordinates.setProperty("password." + user, passwords.of(user));
    }
    return new StackProcess.Running(coordinates, kafka::stop, postgres::stop);
  }

  /** Every process of the container stands still; what is said to them waits in their sockets. */
  static void freeze(String container) {
    DockerClientFactory.instance().client().pauseContainerCmd(container).exec();
  }

  static void thaw(String container) {
    DockerClientFactory.instance().client().unpauseContainerCmd(container).exec();
  }
}
