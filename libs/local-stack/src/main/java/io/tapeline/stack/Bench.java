package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One measurement of the way of an order, on a desk that runs. */
final class Bench {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

  /** Orders that wait for their answer at any time while the desk is saturated. */
  private static final int IN_FLIGHT = 256;

  /** Until every order is answered by the venue, and every reader is at the end of the journal. */
  private static final String UNDRAINED =
      """
      select count(*) from (
        select account_id, max(seq) as seq from order_service.account_event
         where account_id = any(?) group by account_id) j
        left join position_service.account_fold p on p.account_id = j.account_id
        left join market_gateway.consumed g on g.account_id = j.account_id
       where coalesce(p.seq, 0) < j.seq or coalesce(g.seq, 0) < j.seq
          or exists (select from order_service.order_row o where o.account_id = j.account_id and o.working
                      and o.body::jsonb -> 'pending' <> '[]'::jsonb)""";

  private final BenchedDesk desk;
  private final BenchOptions options;
  private final OrderLoad load;
  private final String ordered;
  private boolean errors;

  Bench(BenchedDesk desk, BenchOptions options) {
    this.desk = desk;
    this.options = options;
    ordered = frontContract(desk.bridge());
    load = new OrderLoad(desk.port(), desk.token(), desk.accounts(), ordered);
  }

  static String frontContract(BridgeClient bridge) {
    var instruments = bridge.get("/api/instruments").body().path("items");
    return StreamSupport.stream(instruments.spliterator(), false)
        .filter(row -> row.path("front").asBoolean())
        .map(row -> row.path("symbol").asText())
        .findFirst()
        .orElseThrow(() -> new StackException("The desk names no contract to trade."));
  }

  /** Whether everything that was asked was answered with yes and came to rest in time. */
  boolean run() throws SQLException {
    awaitAccounts();
    say(
        "%d accounts, %s, load of the machine %s"
            .formatted(desk.accounts().size(), ordered, machine()));
    warmUp();
    for (var run = 1; run <= options.runs; run++)
      atRate("run %d of %d".formatted(run, options.runs), options.rate, options.seconds);
    if (options.sustained > 0) atRate("sustained", options.sustained, options.seconds);
    if (options.saturation > 0) saturate();
    desk.processes().memory().forEach((part, memory) -> say("memory of " + part + ": " + memory));
    return !errors;
  }

  /** The venue has to be compared with before a new account may trade. */
  private void awaitAccounts() {
    for (var account : desk.accounts()) awaitTakesOrders(load, account);
  }

  static void awaitTakesOrders(OrderLoad load, String account) {
    var deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (load.once(account) != 201) {
      if (System.nanoTime() > deadline)
        throw new StackException("Account " + account + " takes no orders.");
      Waiting.pause(Duration.ofMillis(200));
    }
  }

  private void warmUp() throws SQLException {
    if (options.warmUp == 0) return;
    var most = Math.max(options.rate * 3, options.sustained);
    say("warm-up: %d s, up to %d orders/s".formatted(options.warmUp, most));
    var third = Duration.ofSeconds(Math.max(1, options.warmUp / 3));
    for (var rate : List.of(options.rate, options.rate * 3, most))
      load.atRate(rate, third, options.connections);
    var _ = drained();
  }

  private void atRate(String name, int rate, int seconds) throws SQLException {
    var cpu = desk.processorTime();
    var outcome = load.atRate(rate, Duration.ofSeconds(seconds), options.connections);
    var used = cpu.toString();
    var drained = drained();
    report("%s, %d orders/s for %d s".formatted(name, rate, seconds), outcome);
    say(
        "  drained after %.1f s; CPU: %s; load of the machine %s"
            .formatted(drained, used, machine()));
  }

  /** Each run stands between two of the plain client: a disk is not the same for long. */
  private void saturate() throws SQLException {
    var span = Duration.ofSeconds(options.saturation);
    var plain = new PlainInserts(desk.database());
    var before = plain.perSecond(span);
    var cpu = desk.processorTime();
    var outcome = load.asFastAsPossible(span, IN_FLIGHT);
    var used = cpu.toString();
    var drained = drained();
    var after = plain.perSecond(span);
    report("saturation over HTTP", outcome);
    besidePlain(outcome.perSecond(), before, after);
    say("  drained after %.1f s; CPU: %s".formatted(drained, used));

    var within = handler(span);
    drained = drained();
    before = after;
    after = plain.perSecond(span);
    handled("saturation of the command handler, all services at work", within, before, after);
    say("  drained after %.1f s".formatted(drained));

    // shorter, for whoever slept has to read of all these orders that they are too old to be sent
    try (var _ = desk.ordersAlone()) {
      within = handler(Duration.ofSeconds(Math.max(1, options.saturation / 2)));
    }
    drained = drained();
    before = after;
    after = plain.perSecond(span);
    handled("saturation of the command handler, the other services asleep", within, before, after);
    say("  drained after %.1f s".formatted(drained));
  }

  private void handled(String name, JsonNode within, double before, double after) {
    if (within.isMissingNode()) {
      say(name + ": not measured (this desk was not started by the bench)");
      return;
    }
    var perSecond = within.path("perSecond").asDouble();
    say(
        "%s: %.0f orders/s, p50 %.1f ms, p99 %.1f ms"
            .formatted(
                name,
                perSecond,
                within.path("p50Millis").asDouble(),
                within.path("p99Millis").asDouble()));
    besidePlain(perSecond, before, after);
    if (within.path("refused").asLong() > 0) {
      errors = true;
      say("  REFUSED: %d".formatted(within.path("refused").asLong()));
    }
  }

  private static void besidePlain(double perSecond, double before, double after) {
    say(
        "  %.2f x the plain client, which made %.0f and %.0f tx/s (one row each, 32 connections); load of the machine %s"
            .formatted(perSecond / ((before + after) / 2), before, after, machine()));
  }

  /** The same orders, made inside of order-service, without HTTP. */
  private JsonNode handler(Duration span) {
    var answer =
        desk.orders()
            .post(
                "/api/load",
                Map.of(
                    "accounts",
                    desk.accounts(),
                    "symbol",
                    ordered,
                    "seconds",
                    span.toSeconds(),
                    "inFlight",
                    IN_FLIGHT));
    return answer.isSuccess() ? answer.body() : MissingNode.getInstance();
  }

  private void report(String name, OrderLoad.Outcome outcome) {
    say("%s: %.0f/s, %s".formatted(name, outcome.perSecond(), outcome.latencies()));
    if (!outcome.isClean()) {
      errors = true;
      say("  REFUSED, by status (0: no answer): %s".formatted(outcome.refused()));
    }
  }

  /** Seconds until all that was ordered is at rest everywhere. */
  private double drained() throws SQLException {
    var begin = System.nanoTime();
    try (var connection = desk.database().connect();
        var query = connection.prepareStatement(UNDRAINED)) {
      query.setArray(1, connection.createArrayOf("text", desk.accounts().toArray()));
      while (true) {
        try (var rows = query.executeQuery()) {
          rows.next();
          if (rows.getLong(1) == 0) return (System.nanoTime() - begin) / 1e9;
        }
        if (System.nanoTime() - begin > DRAIN_LIMIT.toNanos()) {
          errors = true;
          say("  NOT DRAINED within %d s".formatted(DRAIN_LIMIT.toSeconds()));
          return DRAIN_LIMIT.toSeconds();
        }
        Waiting.pause(Duration.ofMillis(50));
      }
    }
  }

  private static String machine() {
    var os = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return "%.1f on %d cores".formatted(os.getSystemLoadAverage(), os.getAvailableProcessors());
  }

  private static void say(String text) {
    System.out.println(text);
  }

  static List<String> accountNames(int count) {
    return java.util.stream.IntStream.rangeClosed(1, count)
        .mapToObj("BENCH%02d"::formatted)
        .toList();
  }
}
