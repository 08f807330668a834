package io.tapeline.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The desk of a data directory while nobody runs it. */
final class StoppedDesk {
  private StoppedDesk() {}

  /**
   * Its directory, which nobody can start until it is closed.
   *
   * @param data null: where the desk keeps its data unless told otherwise
   */
  static DataDirectory take(@Nullable Path data) {
    var root = (data == null ? RunOptions.defaultData() : data).toAbsolutePath().normalize();
    if (!DataDirectory.isOurs(root))
      throw new StackException(
          "There is no desk in " + root + ": say where its data is with --data.");
    var taken = DataDirectory.open(root);
    try {
      LocalPostgres.stopLeftover(
          new LocalPostgres.Options(
              taken.postgres(), taken.binaries(), taken.log("postgres"), 0, true));
      return taken;
    } catch (StackException e) {
      taken.close();
      throw e;
    }
  }
}
