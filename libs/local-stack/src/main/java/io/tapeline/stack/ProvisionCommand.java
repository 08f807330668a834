package io.tapeline.stack;

import io.tapeline.contract.Topics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Gives a Kafka and a PostgreSQL that somebody else runs what the services need. Repeating it does
 * no harm.
 */
@Command(
    name = "provision",
    sortOptions = false,
    description =
        "Make the topics, database users and schemas in a Kafka and a PostgreSQL of your own.")
final class ProvisionCommand implements Callable<Integer> {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
      required = true,
      description = "The Kafka (default: $$KAFKA_BOOTSTRAP_SERVERS).")
  private String kafka = "";

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      defaultValue = "${env:TAPELINE_POSTGRES}",
      required = true,
      description =
          "postgresql://USER:PASSWORD@HOST[:PORT] of one who may create roles and databases (default: $$TAPELINE_POSTGRES, which nobody else can read).")
  private String postgres = "";

  @Option(
      names = "--passwords",
      paramLabel = "FILE",
      defaultValue = "${env:TAPELINE_PASSWORDS}",
      required = true,
      description =
          "USER=PASSWORD, a line for each of the services' database users; those that are missing are made up and written there (default: $$TAPELINE_PASSWORDS).")
  private Path passwords = Path.of("passwords");

  @Override
  public Integer call() {
    var admin = PostgresUrl.parse(postgres);
    var database = new Database(admin.host(), admin.port(), admin.user(), admin.password());
    try {
      database.provision(Passwords.keptIn(passwords, Database.USERS));
    } catch (SQLException e) {
      throw new StackException(
          "The PostgreSQL at %s:%d cannot be used: %s."
              .formatted(admin.host(), admin.port(), Database.reason(e)),
          e);
    }
    Installation.check(database, kafka, Topics.all());
    TopicSetup.apply(kafka, Topics.all());
    System.out.printf(
        "%d database users and %d topics are there.%n", Database.USERS.size(), Topics.all().size());
    return 0;
  }
}
