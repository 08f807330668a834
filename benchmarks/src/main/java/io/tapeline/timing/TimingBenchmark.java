package io.tapeline.timing;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to time a call, clock included, with the registry that a service has: Prometheus
 * inside of a composite.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimingBenchmark {
  private final Timing timing;
  private final Operation operation;
  private final String symbol = "ESH4";

  public TimingBenchmark() {
    var meters = new CompositeMeterRegistry();
    meters.add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    timing = Timing.plain(meters);
    operation = timing.declare("declared", "1s", "");
  }

  /** What the clock alone takes, read twice. */
  @Benchmark
  public long clock() {
    return -(System.nanoTime() - System.nanoTime());
  }

  /** A block of an operation that its owner keeps. */
  @Benchmark
  public void kept() {
    try (var _ = operation.start("symbol", symbol)) {}
  }

  /** A block by name. */
  @Benchmark
  public void named() {
    try (var _ = timing.operation("place_order", "symbol", symbol)) {}
  }

  /** A time that was taken elsewhere. */
  @Benchmark
  public void recorded() {
    operation.took(12_345);
  }
}
