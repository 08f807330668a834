package io.tapeline.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Counts calls that a budget is thought of for, by who makes them and what they are. */
@Singleton
public final class ApiCalls {
  private static final int MOST_CALLERS = 200;
  private static final int MOST_KINDS = 64;
  private static final String OTHERS = "others";

  private record Caller(String name, @Nullable String user) {}

  private static final Caller OTHER = new Caller(OTHERS, OTHERS);

  private final ConcurrentMap<Caller, ConcurrentMap<String, MinuteCount>> calls =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Counter> counters = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final String service;
  private final long budget;

  @Inject
  ApiCalls(
      MeterRegistry meters,
      CallsConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this(meters, service, config.perMinute());
  }

  ApiCalls(MeterRegistry meters, String service, long budget) {
    this.meters = meters;
    this.service = service;
    this.budget = budget;
    meters.gauge("tapeline.calls.remaining", this, ApiCalls::leastRemaining);
  }

  /** A call of the desk's own, to a venue. */
  public void count(String venue, String what) {
    count(new Caller(venue, null), what, System.nanoTime());
  }

  /** A call of somebody. */
  public void count(String caller, String user, String what) {
    count(new Caller(caller, user), what, System.nanoTime());
  }

  private void count(Caller caller, String what, long now) {
    if (!calls.containsKey(caller) && calls.size() >= MOST_CALLERS) forgetTheQuiet(now);
    var whose = calls.size() < MOST_CALLERS || calls.containsKey(caller) ? caller : OTHER;
    var kinds = calls.computeIfAbsent(whose, _ -> new ConcurrentHashMap<>());
    var kind = kinds.size() < MOST_KINDS || kinds.containsKey(what) ? what : OTHERS;
    kinds.computeIfAbsent(kind, _ -> new MinuteCount()).add(now);
    var named = counters.size() < MOST_KINDS || counters.containsKey(what) ? what : OTHERS;
    counters
        .computeIfAbsent(named, each -> meters.counter("tapeline.calls", "what", each))
        .increment();
  }

  private void forgetTheQuiet(long now) {
    calls.values().removeIf(kinds -> sum(kinds, now) == 0);
  }

  /** Of the last minute, the busiest first. */
  public List<CallsRow> rows() {
    long now = System.nanoTime();
    return calls.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), now))
        .filter(row -> row.count() > 0)
        .sorted(Comparator.comparingLong(CallsRow::count).reversed())
        .toList();
  }

  private CallsRow row(Caller caller, Map<String, MinuteCount> kinds, long now) {
    var used =
        kinds.entrySet().stream()
            .map(kind -> new CallsRow.Used(kind.getKey(), kind.getValue().of(now)))
            .filter(kind -> kind.count() > 0)
            .sorted(Comparator.comparingLong(CallsRow.Used::count).reversed())
            .toList();
    long count = used.stream().mapToLong(CallsRow.Used::count).sum();
    return new CallsRow(
        service, caller.name(), caller.user(), count, budget, Math.max(0, budget - count), used);
  }

  private double leastRemaining() {
    return rows().stream().mapToLong(CallsRow::remaining).min().orElse(budget);
  }

  private static long sum(Map<String, MinuteCount> kinds, long now) {
    return kinds.values().stream().mapToLong(kind -> kind.of(now)).sum();
  }
}
