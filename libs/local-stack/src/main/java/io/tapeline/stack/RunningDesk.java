package io.tapeline.stack;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The desk that runs on a data directory. */
final class RunningDesk {
  private RunningDesk() {}

  /**
   * Its door.
   *
   * @param data null: where the desk keeps its data unless told otherwise
   */
  static BridgeClient bridge(@Nullable Path data, Duration limit) {
    var root = (data == null ? RunOptions.defaultData() : data).toAbsolutePath().normalize();
    var running = new RunFile(root.resolve("run.json")).read().filter(RunFile.Running::isAlive);
    if (running.isEmpty())
      throw new StackException(
          "Tapeline is not running on "
              + root
              + ": start it with ./tapeline run, or say where its data is with --data.");
    return new BridgeClient(running.get().bridge(), root.resolve("secret"), limit);
  }
}
