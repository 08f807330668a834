package io.tapeline.stack;

import io.tapeline.door.InstallationSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the secret that signs calls between the services, and the passwords of their database
 * users, anew. Both are taken at the next start: all four services read the one, PostgreSQL is told
 * the other.
 */
@Command(
    name = "rotate-secrets",
    sortOptions = false,
    description =
        "Give a stopped desk a new secret and new database passwords, taken at its next start.")
final class RotateCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of the desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    try (var stopped = StoppedDesk.take(data)) {
      Passwords.renew(stopped.passwords(), Database.USERS);
      Files.deleteIfExists(stopped.secret());
      var _ = InstallationSecret.readOrCreate(stopped.secret());
      System.out.printf(
          "%s has a new secret and new passwords of %s. Sessions and API tokens stay good.%n",
          stopped.root(), String.join(", ", Database.USERS));
    }
    return 0;
  }
}
