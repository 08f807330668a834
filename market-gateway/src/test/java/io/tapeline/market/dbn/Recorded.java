package io.tapeline.market.dbn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded market data that lie beside the project, where they do. */
final class Recorded {
  static final String ES_DAY = "esh4-glbx-mdp3-20231225.mbo.dbn.zst";
  static final String ES_SNAPSHOT = "esh4-glbx-mdp3-20231224.mbo.dbn.zst";
  static final String ES_QUOTES = "es-mbp-1-20240701T2358.dbn.zst";
  static final String ES_TRADES = "es-trades-20240701T2358.dbn.zst";

  private Recorded() {}

  /** The file, or the test is skipped and says why. */
  static Path file(String name) {
    var given = System.getProperty("tapeline.recorded");
    var folder = given == null ? beside(Path.of("").toAbsolutePath()) : Path.of(given);
    assumeTrue(
        folder != null && Files.isReadable(folder.resolve(name)),
        "SKIPPED: recorded data " + name + " are not in ../shared/data beside the project");
    return folder.resolve(name);
  }

  private static Path beside(Path start) {
    for (var at = start; at != null; at = at.getParent()) {
      var folder = at.resolve("shared").resolve("data");
      if (Files.isDirectory(folder)) return folder;
    }
    return null;
  }
}
