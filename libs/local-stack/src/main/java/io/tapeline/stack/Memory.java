package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process has in memory, in bytes. Pages of files are counted apart: they can be dropped and
 * read again, and processes share those of one file.
 *
 * @param own what it made itself
 * @param ofFiles of libraries, jars and caches, where it did not write into them
 * @param peak the most that both ever were together
 */
record Memory(long own, long ofFiles, long peak) {
  private static final int KILO = 1024;
  private static final double MEGA = 1e6;

  /** Only Linux tells. */
  static Optional<Memory> of(long pid) {
    try {
      long own = 0;
      long ofFiles = 0;
      long peak = 0;
      for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("RssAnon:")) own = bytes(line);
        if (line.startsWith("RssFile:")) ofFiles = bytes(line);
        if (line.startsWith("VmHWM:")) peak = bytes(line);
      }
      return peak == 0 ? Optional.empty() : Optional.of(new Memory(own, ofFiles, peak));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** As {@code VmHWM: 123456 kB}. */
  private static long bytes(String line) {
    var value = line.substring(line.indexOf(':') + 1).strip();
    return Long.parseLong(value.substring(0, value.indexOf(' '))) * KILO;
  }

  long resident() {
    return own + ofFiles;
  }

  static double megabytes(long bytes) {
    return bytes / MEGA;
  }

  @Override
  public String toString() {
    return "%.0f MB (%.0f its own, %.0f of files), at most %.0f"
        .formatted(megabytes(resident()), megabytes(own), megabytes(ofFiles), megabytes(peak));
  }
}
