package io.tapeline.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log files of an installation: nothing of them reaches the terminal, none grows for ever. */
final class Logs {
  private static final long BOUND = 16 << 20;
  private static final int TAIL = 256 << 10;

  /** Loggers are only held weakly by the JDK; their settings must stay. */
  private static final List<Logger> SET_UP =
      List.of(
          Logger.getLogger(""),
          Logger.getLogger("io.tapeline"),
          Logger.getLogger("org.apache.kafka.clients"),
          Logger.getLogger("org.apache.kafka.common.config"),
          Logger.getLogger("org.apache.kafka.common.utils"),
          Logger.getLogger("kafka.server.KafkaConfig"));

  private Logs() {}

  /** Before anything logs, so that nothing reaches the terminal. */
  static void silence() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
    LogManager.getLogManager().reset();
    SET_UP.get(0).setLevel(Level.INFO);
    SET_UP.stream().skip(2).forEach(logger -> logger.setLevel(Level.WARNING));
  }

  /** Kafka's lines to kafka.log, the launcher's own to launcher.log. */
  static void writeTo(Path directory) {
    LaunchLogs.keepOpen();
    try {
      Files.createDirectories(directory);
      SET_UP.get(0).addHandler(file(directory.resolve("kafka.log")));
      SET_UP.get(1).addHandler(file(directory.resolve("launcher.log")));
      SET_UP.get(1).setUseParentHandlers(false);
    } catch (IOException e) {
      throw new StackException("The logs in " + directory + " cannot be written: " + e + ".", e);
    }
  }

  private static FileHandler file(Path path) throws IOException {
    var handler = new FileHandler(path.toString().replace("%", "%%"), BOUND / 2, 1, true);
    handler.setFormatter(new SimpleFormatter());
    handler.setEncoding("UTF-8");
    return handler;
  }

  /** A log that others write to is copied away and emptied once it is too big. */
  static void bound(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) > BOUND) {
        Files.copy(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
          file.setLength(0);
        }
      }
    } catch (IOException e) {
      Logger.getLogger("io.tapeline.launcher").log(Level.WARNING, "cannot bound " + log, e);
    }
  }

  static long size(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The line that says most about why a process ended: the innermost cause, else the last error.
   */
  static Optional<String> lastError(Path log, long since) {
    List<String> lines;
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var from = Math.max(Math.min(since, file.length()), file.length() - TAIL);
      file.seek(from);
      var bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return Optional.empty();
    }
    return last(lines, "Caused by: ")
        .or(() -> last(lines, " ERROR "))
        .or(() -> last(lines, "rror"))
        .or(() -> last(lines, ""));
  }

  private static Optional<String> last(List<String> lines, String part) {
    return lines.reversed().stream()
        .filter(line -> !line.isBlank() && line.contains(part))
        .findFirst()
        .map(String::strip);
  }
}
