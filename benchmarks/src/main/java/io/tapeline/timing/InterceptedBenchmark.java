package io.tapeline.timing;

import io.quarkus.arc.Arc;
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

/** What a method that is marked costs more than one that is not, in the container of a service. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterceptedBenchmark {
  private final TimedWork work = Arc.initialize().instance(TimedWork.class).get();
  private final String symbol = "ESH4";

  @Benchmark
  public String plain() {
    return work.plain(symbol);
  }

  @Benchmark
  public String timed() {
    return work.timed(symbol);
  }
}
