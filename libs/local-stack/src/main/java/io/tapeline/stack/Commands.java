package io.tapeline.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short external programs, with a time limit. */
final class Commands {
  private Commands() {}

  record Outcome(int exitCode, String output) {
    boolean isSuccess() {
      return exitCode == 0;
    }
  }

  static Outcome run(List<String> command, Duration limit) {
    try {
      // A file and not a pipe: a daemon that inherits the pipe would keep us reading for ever.
      var output = Files.createTempFile("tapeline-command", ".out");
      try {
        var process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          return new Outcome(-1, "no answer within " + limit.toSeconds() + " s");
        }
        return new Outcome(process.exitValue(), readLossy(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "interrupted");
    }
  }

  /** The command as its own user namespace when we are root: PostgreSQL refuses to run as root. */
  static List<String> unprivileged(List<String> command) {
    var whole = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))
        && new File("/usr/bin/unshare").canExecute()) {
      whole.addAll(List.of("/usr/bin/unshare", "-U"));
    }
    whole.addAll(command);
    return whole;
  }

  private static String readLossy(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
