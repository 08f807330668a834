package io.tapeline.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final long MS = 1_000_000;

  private long now;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Timing timing = new Timing(meters, Map.of("told", "7ms"), () -> now);

  private void after(long millis) {
    now += millis * MS;
  }

  private Operation.State state(String name) {
    return timing.states().stream()
        .filter(state -> state.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Nested
  class Figures {
    @Test
    void countExtremesAndMeanAreExactAndPercentilesWithinOnePercent() {
      var random = new Random(42);
      var spent = new long[10_001];
      var operation = timing.declare("any", "1s", "");
      for (int i = 0; i < spent.length; i++) {
        spent[i] = (long) Math.exp(random.nextGaussian() * 2 + 14);
        operation.took(spent[i]);
      }
      Arrays.sort(spent);

      var total = state("any").total();

      assertThat(total.count()).isEqualTo(10_001);
      assertThat(total.min()).isEqualTo(spent[0] / 1e6);
      assertThat(total.max()).isEqualTo(spent[10_000] / 1e6);
      assertThat(total.mean()).isEqualTo(Arrays.stream(spent).sum() / 10_001.0 / 1e6, within(1e-9));
      assertThat(total.median()).isEqualTo(spent[5_000] / 1e6, within(spent[5_000] / 1e8));
      assertThat(total.p95()).isEqualTo(spent[9_500] / 1e6, within(spent[9_500] / 1e8));
      assertThat(total.p99()).isEqualTo(spent[9_900] / 1e6, within(spent[9_900] / 1e8));
    }

    @Test
    void whatIsOlderThanAMinuteLeavesTheWindowAndStaysInTheTotal() {
      var operation = timing.declare("any", "1s", "");
      operation.took(30 * MS);
      timing.turn();
      operation.took(10 * MS);

      assertThat(state("any").window().max()).isEqualTo(30);
      for (int slice = 0; slice < Recording.SLICES - 1; slice++) timing.turn();

      assertThat(state("any").window().count()).isEqualTo(1);
      assertThat(state("any").window().max()).isEqualTo(10);
      timing.turn();
      assertThat(state("any").window()).isEqualTo(io.tapeline.timing.Figures.NONE);
      assertThat(state("any").total().count()).isEqualTo(2);
      assertThat(state("any").total().max()).isEqualTo(30);
    }

    @Test
    void aResetForgetsAllButTheNames() {
      var operation = timing.declare("any", "1ms", "");
      operation.took(30 * MS);
      operation.failed(40 * MS);

      timing.reset();
      operation.took(2 * MS);

      var state = state("any");
      assertThat(state.total()).isEqualTo(new io.tapeline.timing.Figures(1, 2, 2, 2, 2, 2, 2));
      assertThat(state.errors()).isEqualTo(io.tapeline.timing.Figures.NONE);
      assertThat(state.slow()).isEqualTo(1);
    }

    @Test
    void hoursAndBackwardClocksAreCountedToo() {
      var operation = timing.declare("any", "1s", "");
      operation.took(TimeUnit.HOURS.toNanos(3));
      operation.took(-5);

      assertThat(state("any").total().max()).isEqualTo(3 * 3_600_000.0);
      assertThat(state("any").total().min()).isZero();
      assertThat(state("any").total().count()).isEqualTo(2);
    }

    @Test
    void noCallIsLostBetweenThreadsAndReaders() throws InterruptedException {
      var operation = timing.declare("any", "1s", "");
      var done = new CountDownLatch(4);
      for (int thread = 0; thread < 4; thread++)
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int call = 0; call < 50_000; call++) operation.took(call);
                  done.countDown();
                });
      while (done.getCount() > 0) {
        timing.turn();
        assertThat(state("any").total().count()).isLessThanOrEqualTo(200_000);
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();

      var total = state("any").total();
      assertThat(total.count()).isEqualTo(200_000);
      assertThat(total.min()).isZero();
      assertThat(total.max()).isEqualTo(49_999 / 1e6);
      assertThat(total.mean()).isEqualTo(49_999 / 2e6, within(1e-9));
    }
  }

  @Nested
  class Blocks {
    @Test
    void aBlockTakesUntilItIsClosed() {
      try (var _ = timing.operation("place_order", "symbol", "ESH4")) {
        after(12);
      }

      assertThat(state("place_order").total().max()).isEqualTo(12);
      assertThat(state("place_order").errors().count()).isZero();
    }

    @Test
    void whatFailsIsTimedApart() {
      try (var block = timing.operation("place_order")) {
        after(3);
        block.failed();
      }

      assertThat(state("place_order").total().count()).isZero();
      assertThat(state("place_order").errors().max()).isEqualTo(3);
      assertThat(meters.get("tapeline.operation").tag("outcome", "error").timer().count())
          .isEqualTo(1);
      assertThat(meters.get("tapeline.operation").tag("outcome", "ok").timer().count()).isZero();
    }

    @Test
    void prometheusCountsOnAfterAReset() {
      timing.declare("any", "1s", "").took(5 * MS);
      timing.reset();

      var timer = meters.get("tapeline.operation").tags("name", "any", "outcome", "ok").timer();
      assertThat(timer.count()).isEqualTo(1);
      assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
    }
  }

  @Nested
  class Warnings {
    @Test
    void aSlowCallIsWarnedOfOnceWithItsContextAndShowsInTheFigures() {
      var heard =
          Heard.during(
              () -> {
                try (var _ = timing.operation("place_order", "symbol", "ESH4", "account", "A1")) {
                  after(150);
                }
              });

      assertThat(heard)
          .containsExactly("place_order took 150 ms, more than 100 ms: symbol=ESH4, account=A1");
      assertThat(state("place_order").slow()).isEqualTo(1);
      assertThat(state("place_order").total().max()).isEqualTo(150);
    }

    @Test
    void whatTakesAsLongAsItMayIsNotWarnedOf() {
      var operation = timing.declare("any", "50ms", "");

      assertThat(Heard.during(() -> operation.took(50 * MS))).isEmpty();
      assertThat(Heard.during(() -> operation.took(50 * MS + 1))).hasSize(1);
    }

    @Test
    void warningsOfOneNameComeTenSecondsApartAndSayHowManyWereKeptBack() {
      var operation = timing.declare("any", "50ms", "");

      assertThat(Heard.during(() -> repeat(40, () -> operation.took(60 * MS)))).hasSize(1);
      after(9_999);
      assertThat(Heard.during(() -> operation.took(60 * MS))).isEmpty();
      after(1);
      assertThat(Heard.during(() -> operation.failed(70 * MS)))
          .containsExactly(
              "any failed after 70 ms, more than 50 ms (and 40 more since the last warning)");
      assertThat(state("any").slow()).isEqualTo(42);
    }

    @Test
    void namesDoNotSilenceEachOther() {
      var heard =
          Heard.during(
              () -> {
                timing.declare("one", "1ms", "").took(2 * MS);
                timing.declare("two", "500us", "").took(MS);
              });

      assertThat(heard)
          .containsExactly("one took 2 ms, more than 1 ms", "two took 1 ms, more than 500 us");
    }

    @Test
    void aHopBeyondItsBudgetIsCountedAndNotWarnedOf() {
      var hop = timing.hop("tick.kafka", "5ms", "");

      assertThat(Heard.during(() -> hop.took(6 * MS))).isEmpty();
      assertThat(state("tick.kafka").slow()).isEqualTo(1);
      assertThat(state("tick.kafka").isHop()).isTrue();
      assertThat(state("tick.kafka").budget()).isEqualTo(5);
    }

    @Test
    void aThresholdThatWasSetCountsInsteadOfTheOneInTheCode() {
      var operation = timing.declare("told", "1s", "");

      assertThat(Heard.during(() -> operation.took(8 * MS)))
          .containsExactly("told took 8 ms, more than 7 ms");
    }
  }

  @Nested
  class Names {
    @Test
    void oneNameIsOneOperation() {
      assertThat(timing.declare("any", "1s", "first")).isSameAs(timing.declare("any", "2s", ""));
      assertThat(state("any").budget()).isEqualTo(1_000);
      assertThat(state("any").what()).isEqualTo("first");
    }

    @Test
    void namesOfOneHashAreKeptApart() {
      assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
      repeat(3, () -> timing.operation("Aa").close());
      repeat(2, () -> timing.operation("BB").close());
      timing.operation("Aa").close();

      assertThat(state("Aa").total().count()).isEqualTo(4);
      assertThat(state("BB").total().count()).isEqualTo(2);
    }

    @Test
    void tooManyNamesShareTheLast() {
      var heard =
          Heard.during(
              () ->
                  repeat(10 * Timing.MOST_NAMES, () -> timing.operation("name " + now++).close()));

      assertThat(heard).hasSize(1);

      var names = timing.states().stream().map(Operation.State::name).toList();
      assertThat(names).hasSize(Timing.MOST_NAMES + 1).contains(Timing.OTHERS);
      assertThat(state(Timing.OTHERS).total().count()).isEqualTo(9L * Timing.MOST_NAMES);
    }

    @Test
    void spansAreReadAsPeopleWriteThem() {
      assertThat(List.of("250us", "50ms", "2 s", "5m"))
          .extracting(Threshold::nanos)
          .containsExactly(250_000L, 50 * MS, 2_000 * MS, 300_000 * MS);
      assertThatThrownBy(() -> Threshold.nanos("soon")).hasMessageContaining("soon");
    }
  }

  private static void repeat(int times, Runnable what) {
    for (int i = 0; i < times; i++) what.run();
  }
}
