package io.tapeline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long single calls of a statement took, from PostgreSQL's log: it counts no percentiles, but
 * says each time when asked to. Every {@value #ONE_IN}th call, for the log is bounded.
 */
final class StatementTimes implements AutoCloseable {
  private static final int ONE_IN = 4;

  /**
   * As our prefix and PostgreSQL put it: the statement's number, what was done, and for how long.
   */
  private static final Pattern CALL =
      Pattern.compile("^audited (-?\\d+) .*duration: ([0-9.]+) ms  execute ");

  private static final int MOST = 20_000;

  private final Database database;
  private final Path log;

  StatementTimes(Database database, Path log) throws SQLException {
    this.database = database;
    this.log = log;
    set("log_line_prefix = 'audited %Q '");
    set("log_min_duration_sample = 0");
    set("log_statement_sample_rate = " + 1.0 / ONE_IN);
    set("log_parameter_max_length = 0");
    reload();
  }

  /** By the number that pg_stat_statements has for a statement; what was said since the start. */
  Map<Long, Latencies> seen() throws IOException {
    var times = new HashMap<Long, Latencies>();
    for (var file : new Path[] {log.resolveSibling(log.getFileName() + ".1"), log})
      if (Files.exists(file))
        // a statement may hold anything, and bytes of a cut line too
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines.forEach(line -> take(line, times));
        }
    return times;
  }

  static void take(String line, Map<Long, Latencies> times) {
    var call = CALL.matcher(line);
    if (!call.find()) return;
    times
        .computeIfAbsent(Long.parseLong(call.group(1)), _ -> new Latencies(MOST))
        .add((long) (Double.parseDouble(call.group(2)) * 1e6));
  }

  /** From so many calls on there is a call in a hundred that took longer. */
  static Optional<Double> p99Millis(Latencies times) {
    return times.count() < 100 ? Optional.empty() : Optional.of(times.at(0.99).toNanos() / 1e6);
  }

  private void set(String setting) throws SQLException {
    try (var connection = database.connect()) {
      Database.execute(connection, "alter system set " + setting);
    }
  }

  private void reload() throws SQLException {
    try (var connection = database.connect()) {
      Database.execute(connection, "select pg_reload_conf()");
    }
  }

  /** It says no more. */
  @Override
  public void close() throws SQLException {
    for (var name :
        new String[] {
          "log_line_prefix",
          "log_min_duration_sample",
          "log_statement_sample_rate",
          "log_parameter_max_length"
        })
      try (var connection = database.connect()) {
        Database.execute(connection, "alter system reset " + name);
      }
    reload();
  }
}
