package io.tapeline.timing;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** All that a service times, by name. */
@Singleton
public final class Timing {
  private static final Logger LOG = Logger.getLogger("io.tapeline.timing");

  /** What nobody declared. */
  private static final String DEFAULT_THRESHOLD = "100ms";

  /**
   * Names are written in code; should one ever be made of data, the rest shares {@link #OTHERS}.
   */
  static final int MOST_NAMES = 128;

  static final String OTHERS = "others";
  private static final long SLICE_SECONDS = 60 / Recording.SLICES;

  private final MeterRegistry meters;
  private final Map<String, String> thresholds;
  private final NanoClock clock;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();
  private final Operation[] recent = new Operation[512];
  private final ScheduledExecutorService turning;

  @Inject
  public Timing(MeterRegistry meters, TimingConfig config) {
    this(meters, config.thresholds(), System::nanoTime);
    var _ = turning.scheduleAtFixedRate(this::turn, SLICE_SECONDS, SLICE_SECONDS, TimeUnit.SECONDS);
    long every = Threshold.nanos(config.summaryEvery());
    if (every == 0) return;
    var _ = turning.scheduleAtFixedRate(this::summarise, every, every, TimeUnit.NANOSECONDS);
  }

  Timing(MeterRegistry meters, Map<String, String> thresholds, NanoClock clock) {
    this.meters = meters;
    this.thresholds = Map.copyOf(thresholds);
    this.clock = clock;
    turning =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timing").factory());
  }

  /** For code that runs without the framework; nothing is summarised. */
  public static Timing plain(MeterRegistry meters) {
    return new Timing(meters, Map.of(), System::nanoTime);
  }

  /**
   * An operation, to be kept by whoever times it.
   *
   * @param threshold what takes longer is warned of: {@code 250us}, {@code 50ms}, {@code 2s}
   * @param what for people
   */
  public Operation declare(String name, String threshold, String what) {
    return operation(name, Operation.Kind.OPERATION, threshold, what);
  }

  /**
   * A part of a way that several services share.
   *
   * @param budget its share of the way's aim
   * @param what for people
   */
  public Operation hop(String name, String budget, String what) {
    return operation(name, Operation.Kind.HOP, budget, what);
  }

  private Operation operation(String name, Operation.Kind kind, String threshold, String what) {
    var known = operations.get(name);
    return known != null ? known : make(name, kind, threshold, what);
  }

  private synchronized Operation make(
      String name, Operation.Kind kind, String threshold, String what) {
    if (operations.size() >= MOST_NAMES && !name.equals(OTHERS)) {
      if (!operations.containsKey(OTHERS))
        LOG.warnf(
            "more than %d names are timed: \"%s\" and what comes later share one",
            MOST_NAMES, name);
      return operation(OTHERS, Operation.Kind.OPERATION, DEFAULT_THRESHOLD, "what came too late");
    }
    return operations.computeIfAbsent(
        name,
        _ -> {
          var nanos = Threshold.nanos(thresholds.getOrDefault(name, threshold));
          return new Operation(name, kind, nanos, what, meters, clock);
        });
  }

  /** Times a block until it is closed. */
  public TimeOperation operation(String name) {
    return named(name).start();
  }

  /** Times a block until it is closed; the pair stands in the warning, if there is to be one. */
  public TimeOperation operation(String name, String key, Object value) {
    return new TimeOperation(named(name), key, value, null, null);
  }

  /** Times a block until it is closed; the pairs stand in the warning, if there is to be one. */
  public TimeOperation operation(
      String name, String key, Object value, String otherKey, Object otherValue) {
    return new TimeOperation(named(name), key, value, otherKey, otherValue);
  }

  /**
   * In front of the map is a table with one place per hash, found by so little code that callers
   * have it within their own: then blocks stay off the heap. Who is not there is looked up.
   */
  private Operation named(String name) {
    var seen = recent[name.hashCode() & (recent.length - 1)];
    return seen != null && seen.name().equals(name) ? seen : lookUp(name);
  }

  private Operation lookUp(String name) {
    var known = operations.get(name);
    if (known == null) known = declare(name, DEFAULT_THRESHOLD, "");
    // a race is harmless: either of two operations with one place may have it
    if (known.name().equals(name)) recent[name.hashCode() & (recent.length - 1)] = known;
    return known;
  }

  /** What is known of all of them, by name. */
  public List<Operation.State> states() {
    return operations.values().stream()
        .map(Operation::state)
        .sorted(Comparator.comparing(Operation.State::name))
        .toList();
  }

  /** Forgets what was recorded; meters count on, as Prometheus wants it. */
  public void reset() {
    operations.values().forEach(Operation::reset);
  }

  void turn() {
    operations.values().forEach(Operation::turn);
  }

  private void summarise() {
    var lines =
        states().stream()
            .filter(state -> state.window().count() > 0)
            .map(state -> line(state.name(), state.window()))
            .collect(Collectors.joining());
    if (!lines.isEmpty()) LOG.infof("of the last minute, in ms:%s", lines);
  }

  private static String line(String name, Figures figures) {
    return String.format(
        Locale.ROOT,
        "%n  %-28s %8d calls  min %.3f  median %.3f  mean %.3f  p95 %.3f  p99 %.3f  max %.3f",
        name,
        figures.count(),
        figures.min(),
        figures.median(),
        figures.mean(),
        figures.p95(),
        figures.p99(),
        figures.max());
  }

  @PreDestroy
  void stop() {
    turning.shutdownNow();
  }
}
