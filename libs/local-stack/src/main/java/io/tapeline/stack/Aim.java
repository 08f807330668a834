package io.tapeline.stack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What something is to be like, and how a bench says what it is. The figure is the first group of
 * the pattern; of several the one in the middle, so that one bad second decides nothing.
 *
 * @param part of {@code ./tapeline bench}
 * @param limit the least or the most
 */
record Aim(String part, String what, Pattern figure, Sense sense, double limit, String unit) {
  enum Sense {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }
  }

  /**
   * What came out.
   *
   * @param value empty: it was not measured
   */
  record Outcome(Aim aim, Optional<Double> value) {
    boolean isMet() {
      return value.map(aim::isMetBy).orElse(false);
    }

    /** One and less is within the aim. */
    Optional<Double> share() {
      return value.map(
          seen ->
              switch (aim.sense) {
                // where nothing is allowed, nothing is all of it
                case AT_MOST -> aim.limit == 0 ? seen + 1 : seen / aim.limit;
                case AT_LEAST -> aim.limit / seen;
              });
    }
  }

  private static final String NUMBER = "([\\d.,]+)";

  /** Every aim that a bench can speak of. */
  static final List<Aim> ALL =
      List.of(
          atMost("orders", "click to durable answer, p50", 5, "ms", "(?m)^run .* p50 # ms"),
          atMost("orders", "click to durable answer, p99", 25, "ms", "(?m)^run .* p99 # ms"),
          atLeast("orders", "sustained", 1_000, "orders/s", "(?m)^sustained.* s: #/s"),
          atMost("orders", "… then at rest after", 5, "s", "sustained.*\\s+drained after # s"),
          atLeast("orders", "over HTTP", 0.15, "x a plain client", "over HTTP.*\\s+# x"),
          atLeast("orders", "command handler", 1, "x a plain client", "command handler.*\\s+# x"),
          atLeast("positions", "journal into tables", 50_000, "events/s", ": # events/s into"),
          atLeast("positions", "… beside a plain consumer", 0.25, "x", "ratio #, heap"),
          atMost("positions", "positions as of an instant, longest", 2_000, "ms", "longest # ms"),
          atMost("positions", "fill to position, 200/s, p99", 20, "ms", "fill on topic.*p99 # ms"),
          atLeast("replay", "recording through the book", 1e6, "records/s", "core: # records/s"),
          atLeast("replay", "whole gateway to Kafka", 50_000, "records/s", "beside: # records/s"),
          atLeast("matching", "engine", 1, "M orders/s", jmh("EngineBenchmark.throughput +thrpt")),
          atMost("matching", "engine, p99.9", 50, "us", "EngineBenchmark.latency:p0.999 .*? # +us"),
          atLeast("fan-out", "200 clients x 100 keys", 1e6, "keys/cpu-s", delivered("200", "100")),
          atLeast("fan-out", "1,000 clients x 20", 0.5e6, "keys/cpu-s", delivered("1,000", "20")),
          atMost("fan-out", "update to client, 50 ms, p50", 30, "ms", late(50, "#", "\\S+")),
          atMost("fan-out", "update to client, 50 ms, p99", 65, "ms", late(50, "\\S+", "#")),
          atMost("fan-out", "update to client, 20 ms, p50", 20, "ms", late(20, "#", "\\S+")),
          atMost("fan-out", "update to client, 20 ms, p99", 50, "ms", late(20, "\\S+", "#")),
          atMost("paint", "tick to paint, p99", 100, "ms", "\"tickToPaintP99\":#"),
          atMost("paint", "first quote painted", 1_500, "ms", "painted\",\"ms\":#"),
          atMost("paint", "long tasks in steady state", 0, "", "\"steady\".*\"longTasks\":#"),
          atMost("paint", "main thread per frame, p95", 8, "ms", "\"steady\".*\"workP95\":#"),
          atMost("paint", "main thread per frame, p99", 16, "ms", "\"steady\".*\"workP99\":#"),
          atLeast("paint", "ladder", 60, "frames/s", "\"ladder\".*\"perSecond\":#"),
          atMost("paint", "50 cycles leave behind", 1_024, "KiB", "\"heapKiB\":#"),
          atMost("startup", "four services ready", 8, "s", "ready, without: best .* median # s"),
          atMost("startup", "… with caches", 5, "s", "with caches: best .* median # s"),
          atMost("startup", "a quote after the command", 20, "s", "with caches.*quote # s after"),
          atMost("startup", "market-gateway", 200, "MB", "memory of market-gateway: # MB"),
          atMost("startup", "order-service", 200, "MB", "memory of order-service: # MB"),
          atMost("startup", "position-service", 200, "MB", "memory of position-service: # MB"),
          atMost("startup", "ui-bridge", 200, "MB", "memory of ui-bridge: # MB"),
          atMost("timing", "a timed block", 200, "ns", jmh("TimingBenchmark.named +avgt")),
          atMost("timing", "a timed method", 200, "ns", jmh("InterceptedBenchmark.timed +avgt")));

  private static Aim atMost(String part, String what, double limit, String unit, String figure) {
    return new Aim(part, what, pattern(figure), Sense.AT_MOST, limit, unit);
  }

  private static Aim atLeast(String part, String what, double limit, String unit, String figure) {
    return new Aim(part, what, pattern(figure), Sense.AT_LEAST, limit, unit);
  }

  private static Pattern pattern(String figure) {
    return Pattern.compile(figure.replace("#", NUMBER));
  }

  /** How many iterations there were is only said when there was more than one. */
  private static String jmh(String line) {
    return line + " +(?:\\d+ +)?#";
  }

  private static String delivered(String clients, String keys) {
    return clients + " clients x " + keys + " keys, 2,000/s, 50 ms +\\S+ +#";
  }

  private static String late(int window, String p50, String p99) {
    return "150 clients x 100 keys, 2,000/s, %d ms +\\S+ +\\S+ +%s +%s "
        .formatted(window, p50, p99);
  }

  /** What the words of its bench say of it. */
  Outcome in(String said) {
    var seen =
        figure
            .matcher(said)
            .results()
            .map(found -> Double.parseDouble(found.group(1).replace(",", "")))
            .sorted()
            .toList();
    return new Outcome(
        this, seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(seen.size() / 2)));
  }

  private boolean isMetBy(double value) {
    return switch (sense) {
      case AT_MOST -> value <= limit;
      case AT_LEAST -> value >= limit;
    };
  }

  /** As {@code <= 25 ms}. */
  String wanted() {
    return (sense.sign + ' ' + number(limit) + ' ' + unit).strip();
  }

  static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }
}
