package io.tapeline.bridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.testkit.TestStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Clients come and go for a long time, and the bridge's heap does not grow. By hand only: {@code
 * ./tapeline bench fan-out --soak MINUTES}.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.soak", matches = "[1-9][0-9]+")
class FanoutSoakIT {
  private static final int MINUTES = Integer.getInteger("tapeline.bench.soak", 30);

  /** Code is still being compiled, and buffers find their size. */
  private static final int WARM_UP_MINUTES = 3;

  private static final int CLIENTS = 100;
  private static final int COME_AND_GO = 5;
  private static final double MOST_BYTES_PER_HOUR = 4e6;

  @Test
  void theHeapDoesNotGrowWhileClientsComeAndGo() throws Exception {
    var stack = TestStack.shared();
    var heap = new ArrayList<Long>();
    try (var feed = new QuoteFeed(stack.bootstrapServers());
        var bridge = BridgeProcess.start(stack);
        var audience = new Audience()) {
      var door = bridge.door(bridge.apiToken());
      feed.rate(2_000);
      var inside = new ArrayDeque<>(join(audience, door, CLIENTS));
      long came = CLIENTS;
      for (int minute = 1; minute <= MINUTES; minute++) {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < until) {
          var leaving = new ArrayList<Audience.Member>();
          for (int i = 0; i < COME_AND_GO; i++) leaving.add(inside.removeFirst());
          audience.part(leaving);
          inside.addAll(join(audience, door, COME_AND_GO));
          came += COME_AND_GO;
          TimeUnit.MILLISECONDS.sleep(200);
        }
        heap.add(bridge.heap());
        System.out.printf(
            "minute %d: heap %.2f MB, resident %.0f MB, %,d clients so far%n",
            minute, heap.getLast() / 1e6, bridge.resident() / 1e6, came);
      }
    }
    var settled = heap.subList(Math.min(WARM_UP_MINUTES, heap.size() - 1), heap.size());
    var slope = Slope.of(settled);
    System.out.printf(
        "the heap grows by %.2f MB an hour, at most %.2f with 95 %% probability%n",
        slope.perMinute() * 60 / 1e6, slope.atMost() * 60 / 1e6);
    assertThat(slope.atMost() * 60).isLessThan(MOST_BYTES_PER_HOUR);
  }

  private static List<Audience.Member> join(Audience audience, Audience.Door door, int count)
      throws Exception {
    return audience.join(
        door,
        count,
        true,
        i -> QuoteFeed.subscribe(0, QuoteFeed.KEYS, 50, ",\"notices:PRACTICE\""));
  }

  /**
   * Of the straight line through values that were taken once a minute.
   *
   * @param atMost with a probability of about 95 % (two standard errors)
   */
  private record Slope(double perMinute, double atMost) {
    static Slope of(List<Long> values) {
      int n = values.size();
      double meanTime = (n - 1) / 2.0;
      double mean = values.stream().mapToLong(Long::longValue).average().orElse(0);
      double across = 0;
      double along = 0;
      for (int i = 0; i < n; i++) {
        across += (i - meanTime) * (values.get(i) - mean);
        along += (i - meanTime) * (i - meanTime);
      }
      double slope = across / along;
      double residual = 0;
      for (int i = 0; i < n; i++) {
        double off = values.get(i) - mean - slope * (i - meanTime);
        residual += off * off;
      }
      return new Slope(slope, slope + 2 * Math.sqrt(residual / (n - 2) / along));
    }
  }
}
