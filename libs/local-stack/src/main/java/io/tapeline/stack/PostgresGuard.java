package io.tapeline.stack;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops PostgreSQL when the launcher is killed without a chance to do so itself: a shell that looks
 * once a second, and ends when PostgreSQL has ended.
 */
final class PostgresGuard {
  /** $1 the launcher, $2 the data directory, from $3 on the command that stops it. */
  private static final String WATCH =
      """
      trap '' INT HUP TERM
      launcher=$1; data=$2; shift 2
      while kill -0 "$launcher" 2>/dev/null; do
        [ -f "$data/postmaster.pid" ] || exit 0
        sleep 1
      done
      [ -f "$data/postmaster.pid" ] && exec "$@"
      """;

  private PostgresGuard() {}

  static void watch(LocalPostgres postgres) {
    var command = new ArrayList<String>();
    if (new File("/usr/bin/setsid").canExecute()) {
      command.add("/usr/bin/setsid");
    }
    command.addAll(List.of("/bin/sh", "-c", WATCH, "tapeline-postgres-guard"));
    command.add("" + ProcessHandle.current().pid());
    command.add(postgres.directory().toString());
    command.addAll(postgres.stopCommand("fast"));
    try {
      var _ =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new StackException("The guard of PostgreSQL cannot be started: " + e + ".", e);
    }
  }
}
