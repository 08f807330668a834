package io.tapeline.timing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Something with a name that is timed again and again. Keep it: to look it up costs more than to
 * record. For any thread.
 */
public final class Operation {
  private static final Logger LOG = Logger.getLogger("io.tapeline.timing");
  private static final long BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

  /** What an operation is watched for. */
  enum Kind {
    /** Warned of when slow. */
    OPERATION,
    /** A part of a way, whose threshold is its share of the budget: shown, never warned of. */
    HOP
  }

  private final String name;
  private final Kind kind;
  private final String what;
  private final long threshold;
  private final NanoClock clock;
  private final Timer timer;
  private final Timer errorTimer;
  private final Recording recording = new Recording();
  private final LongAdder slow = new LongAdder();
  private final AtomicLong warnAgainAt;
  private final LongAdder unsaid = new LongAdder();
  private volatile @Nullable Recording errors;

  Operation(
      String name, Kind kind, long threshold, String what, MeterRegistry meters, NanoClock clock) {
    this.name = name;
    this.kind = kind;
    this.what = what;
    this.threshold = threshold;
    this.clock = clock;
    this.timer = timer(meters, name, "ok");
    this.errorTimer = timer(meters, name, "error");
    this.warnAgainAt = new AtomicLong(clock.nanos());
  }

  private static Timer timer(MeterRegistry meters, String name, String outcome) {
    return Timer.builder("tapeline.operation")
        .description("how long what takes, by name")
        .tag("name", name)
        .tag("outcome", outcome)
        .register(meters);
  }

  public String name() {
    return name;
  }

  /** What is timed, for people; empty where nothing was said. */
  public String what() {
    return what;
  }

  /** Times a block until it is closed. */
  public TimeOperation start() {
    return new TimeOperation(this, null, null, null, null);
  }

  /** Times a block until it is closed; the pair stands in the warning, if there is to be one. */
  public TimeOperation start(String key, Object value) {
    return new TimeOperation(this, key, value, null, null);
  }

  /** For {@link #took} and {@link #failed}: nanoseconds since some fixed moment. */
  public long now() {
    return clock.nanos();
  }

  /**
   * A call that went well.
   *
   * @param nanos below zero counts as nothing: clocks of two machines may disagree
   */
  public void took(long nanos) {
    took(nanos, null, null, null, null);
  }

  /** The pair stands in the warning, if there is to be one. */
  public void took(long nanos, String key, Object value) {
    took(nanos, key, value, null, null);
  }

  void took(
      long nanos,
      @Nullable String key,
      @Nullable Object value,
      @Nullable String otherKey,
      @Nullable Object otherValue) {
    long spent = Math.max(0, nanos);
    timer.record(spent, TimeUnit.NANOSECONDS);
    recording.record(spent);
    if (spent > threshold) slow(spent, "took ", key, value, otherKey, otherValue);
  }

  /** A call that did not go well: kept apart, so that fast refusals do not flatter the rest. */
  public void failed(long nanos) {
    failed(nanos, null, null, null, null);
  }

  void failed(
      long nanos,
      @Nullable String key,
      @Nullable Object value,
      @Nullable String otherKey,
      @Nullable Object otherValue) {
    long spent = Math.max(0, nanos);
    errorTimer.record(spent, TimeUnit.NANOSECONDS);
    errors().record(spent);
    if (spent > threshold) slow(spent, "failed after ", key, value, otherKey, otherValue);
  }

  private Recording errors() {
    var known = errors;
    return known == null ? firstError() : known;
  }

  private synchronized Recording firstError() {
    var made = errors;
    if (made == null) {
      made = new Recording();
      errors = made;
    }
    return made;
  }

  private void slow(
      long nanos,
      String verb,
      @Nullable String key,
      @Nullable Object value,
      @Nullable String otherKey,
      @Nullable Object otherValue) {
    slow.increment();
    if (kind == Kind.HOP) return;
    long now = clock.nanos();
    long due = warnAgainAt.get();
    if (now - due < 0 || !warnAgainAt.compareAndSet(due, now + BETWEEN_WARNINGS)) {
      unsaid.increment();
      return;
    }
    var line = new StringBuilder(name).append(' ').append(verb).append(Threshold.text(nanos));
    line.append(", more than ").append(Threshold.text(threshold));
    if (key != null) line.append(": ").append(key).append('=').append(value);
    if (otherKey != null) line.append(", ").append(otherKey).append('=').append(otherValue);
    long more = unsaid.sumThenReset();
    if (more > 0) line.append(" (and ").append(more).append(" more since the last warning)");
    LOG.warn(line);
  }

  /**
   * What is known of an operation.
   *
   * @param budget milliseconds above which a call is slow
   * @param slow calls that took longer
   * @param isHop whether it is a part of a way rather than something a service does
   */
  public record State(
      String name,
      String what,
      boolean isHop,
      double budget,
      long slow,
      Figures total,
      Figures window,
      Figures errors) {}

  State state() {
    var failed = errors;
    return new State(
        name,
        what,
        kind == Kind.HOP,
        threshold / 1e6,
        slow.sum(),
        recording.total(),
        recording.window(),
        failed == null ? Figures.NONE : failed.total());
  }

  void turn() {
    recording.turn();
    var failed = errors;
    if (failed != null) failed.turn();
  }

  void reset() {
    recording.reset();
    slow.reset();
    var failed = errors;
    if (failed != null) failed.reset();
  }
}
