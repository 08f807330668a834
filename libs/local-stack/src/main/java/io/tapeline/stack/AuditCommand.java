package io.tapeline.stack;

import io.tapeline.stack.AuditRules.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at every statement that a desk under load sends to PostgreSQL. */
@Command(
    name = "pg-audit",
    sortOptions = false,
    description =
        "Trade on a desk of its own and look at every statement that PostgreSQL got: by whom, how often, how long, and by which plan. Fails on what the design forbids.")
final class AuditCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 4;
  private static final int ACCOUNTS = 4;

  @Option(names = "--rate", paramLabel = "N", description = "Orders a second (default: 50).")
  private int rate = 50;

  @Option(names = "--seconds", paramLabel = "N", description = "For so long (default: 30).")
  private int seconds = 30;

  @Option(
      names = "--copies",
      paramLabel = "N",
      description =
          "Put the rows of the first orders so many times beside themselves, as of other accounts: 500 make tables of a million (default: 0).")
  private int copies;

  @Option(names = "--report", paramLabel = "FILE", description = "Write it there too, as Markdown.")
  private @Nullable Path report;

  @Override
  public Integer call() throws SQLException, IOException {
    if (rate < 1 || seconds < 1 || copies < 0)
      throw new StackException("The numbers of an audit are positive.");
    try (var desk = BenchedDesk.start(ACCOUNTS);
        var log = new StatementLog(desk.database(), copies > 0)) {
      var symbol = Bench.frontContract(desk.bridge());
      var load = new OrderLoad(desk.port(), desk.token(), desk.accounts(), symbol);
      for (var account : desk.accounts()) Bench.awaitTakesOrders(load, account);
      var _ = load.atRate(rate, Duration.ofSeconds(5), CONNECTIONS);
      var sizes = copies == 0 ? Map.<String, Long>of() : Crowd.gather(desk.database(), copies);
      log.reset();
      OrderLoad.Outcome outcome;
      Map<Long, Latencies> times;
      try (var calls = new StatementTimes(desk.database(), desk.log("postgres"))) {
        outcome = load.atRate(rate, Duration.ofSeconds(seconds), CONNECTIONS);
        Waiting.pause(Duration.ofSeconds(2));
        times = calls.seen();
      }
      var trading = log.seen();
      var findings = new ArrayList<>(AuditRules.findings(trading, outcome.placed()));
      log.reset();
      ask(desk, symbol);
      var asking = log.seen();
      // what people ask is no part of the way of an order
      findings.addAll(AuditRules.findings(asking, Long.MAX_VALUE));
      var page =
          sizes(sizes)
              + page(outcome.placed(), trading, times, asking, log.unusedIndexes(), findings);
      System.out.print(page);
      if (report != null) Files.writeString(report, page);
      return findings.isEmpty() ? 0 : 1;
    }
  }

  /** What pages and scripts read of an account and its market. */
  private static void ask(BenchedDesk desk, String symbol) {
    for (var account : desk.accounts()) {
      var of = "/api/accounts/" + account;
      for (var what :
          List.of(
              "/orders?state=all",
              "/orders?state=working",
              "/fills",
              "/positions",
              "/trades",
              "/equity",
              "/limits",
              "/risk-events",
              "/drift",
              "/no-lost-fill",
              "/verify",
              "/verify-fold",
              "/positions?asOf=" + Instant.now())) read(desk, of + what);
    }
    for (var interval : List.of("1m", "1h", "1d"))
      read(desk, "/api/bars?symbol=" + symbol + "&interval=" + interval + "&limit=500");
    for (var what : List.of("/api/accounts", "/api/alerts", "/api/tokens", "/api/me"))
      read(desk, what);
  }

  /** What is not answered was not looked at, and the audit would not say so. */
  private static void read(BenchedDesk desk, String path) {
    var answer = desk.bridge().get(path);
    if (!answer.isSuccess())
      throw new StackException("GET " + path + " was refused: " + answer.complaint() + ".");
  }

  private static String page(
      long orders,
      List<Statement> trading,
      Map<Long, Latencies> times,
      List<Statement> asking,
      List<String> unused,
      List<String> findings) {
    var page = new StringBuilder();
    page.append("## While trading: %d orders%n%n".formatted(orders)).append(table(trading, times));
    page.append("%n## While everything is asked for once%n%n".formatted())
        .append(table(asking, Map.of()));
    page.append("%n## Indexes that nothing used%n%n".formatted());
    for (var index : unused) page.append("- ").append(index).append('\n');
    page.append("%n## Findings: %d%n%n".formatted(findings.size()));
    for (var finding : findings) page.append("- ").append(finding).append('\n');
    return page.toString();
  }

  private static String sizes(Map<String, Long> sizes) {
    if (sizes.isEmpty()) return "";
    var page = new StringBuilder("## Rows beside those of the accounts that trade\n\n");
    sizes.forEach((table, rows) -> page.append("- %s: %,d%n".formatted(table, rows)));
    return page.append('\n').toString();
  }

  private static String table(List<Statement> statements, Map<Long, Latencies> times) {
    var table =
        new StringBuilder(
            "| owner | calls | mean ms | p99 ms | max ms | sd ms | rows | blocks a call | WAL bytes a call | statement | plan |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (var one : statements)
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.3f | %s | %.1f | %.2f | %d | %.1f | %.0f | %s | %s |%n",
              one.owner(),
              one.calls(),
              one.meanMillis(),
              Optional.ofNullable(times.get(one.id()))
                  .flatMap(StatementTimes::p99Millis)
                  .map("%.2f"::formatted)
                  .orElse(""),
              one.maxMillis(),
              one.deviationMillis(),
              one.rows(),
              one.blocks() / (double) one.calls(),
              one.walBytes() / (double) one.calls(),
              cell(AuditRules.shortened(one.text())),
              cell(AuditRules.outline(one.plan()))));
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
