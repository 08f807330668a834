package io.tapeline.orders.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked and whatever the venue does: no fill is lost or doubled, what may only reduce
 * does, siblings never protect more than there is, the journal replays to the same, and nothing is
 * stuck once the venue answers.
 *
 * <p>{@code -Dstorm.seeds=100000} for more, {@code -Dstorm.seed=4711} for one again.
 */
class DeskStormTest {
  private static final int STEPS = 160;
  private static final Duration MOST = Duration.ofSeconds(Long.getLong("storm.seconds", 45));

  @Test
  void whateverHappensTheInvariantsHold() {
    var one = Long.getLong("storm.seed");
    if (one != null) {
      prove(one);
      return;
    }
    var end = System.nanoTime() + MOST.toNanos();
    var seeds = Long.getLong("storm.seeds", 2_000);
    var done = 0L;
    for (; done < seeds && System.nanoTime() < end; done++) prove(done);
    System.out.printf("%d storms of %d steps%n", done, STEPS);
  }

  private static void prove(long seed) {
    var numbers = new Random(seed).longs(STEPS).boxed().toList();
    if (failure(seed, numbers) == null) return;
    var shortest = shortened(seed, numbers);
    var storm = new DeskStorm(seed);
    try {
      run(storm, shortest);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + ", " + shortest.size() + " steps: " + e.getMessage() + storm.tail(400),
          e);
    }
  }

  private static Throwable failure(long seed, List<Long> numbers) {
    try {
      run(new DeskStorm(seed), numbers);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  private static void run(DeskStorm storm, List<Long> numbers) {
    for (var number : numbers) {
      storm.step(number);
      storm.check();
    }
    storm.calm();
    storm.check();
    storm.checkAtRest();
    storm.flatten();
    storm.check();
    storm.compare();
  }

  /** Leaves steps out as long as it still fails. */
  private static List<Long> shortened(long seed, List<Long> numbers) {
    var shortest = numbers;
    for (var chunk = numbers.size() / 2; chunk >= 1; chunk /= 2) {
      for (var from = 0; from + chunk <= shortest.size(); ) {
        var without = new ArrayList<>(shortest.subList(0, from));
        without.addAll(shortest.subList(from + chunk, shortest.size()));
        if (failure(seed, without) != null) shortest = without;
        else from += chunk;
      }
    }
    return shortest;
  }
}
