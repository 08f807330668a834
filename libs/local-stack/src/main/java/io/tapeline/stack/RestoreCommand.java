package io.tapeline.stack;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a desk of what {@code backup} kept. */
@Command(
    name = "restore",
    sortOptions = false,
    description = "Make the data directory of a backup; what is there already is never replaced.")
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "What backup made.")
  private Path file = Path.of("desk.tar.gz");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory to make (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    var root = (data == null ? RunOptions.defaultData() : data).toAbsolutePath().normalize();
    Archive.unpack(file.toAbsolutePath().normalize(), root);
    System.out.printf(
        "The desk is in %s. Start it with ./tapeline run --data %s, then ask ./tapeline verify.%n",
        root, root);
    return 0;
  }
}
