package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a stopped desk in one file. */
@Command(
    name = "backup",
    sortOptions = false,
    description = "Keep all of a stopped desk in one file; its secrets too, so keep it well.")
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file to make, such as desk.tar.gz.")
  private Path file = Path.of("desk.tar.gz");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of the desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    var begin = System.nanoTime();
    var made = file.toAbsolutePath().normalize();
    try (var stopped = StoppedDesk.take(data)) {
      Archive.write(stopped, made);
      System.out.printf(
          "%s is in %s: %.1f MB after %.1f s.%n",
          stopped.root(), made, Files.size(made) / 1e6, (System.nanoTime() - begin) / 1e9);
    }
    return 0;
  }
}
