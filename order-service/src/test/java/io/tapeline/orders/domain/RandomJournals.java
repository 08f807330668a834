package io.tapeline.orders.domain;

import io.tapeline.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Accounts as they are after a random past, for tests that need states of every kind. */
public final class RandomJournals {
  private RandomJournals() {}

  /** States along one past; the same seed tells the same past. */
  public static List<AccountState> states(long seed) {
    var random = new Random(seed);
    var ledger = Ledger.reconciled();
    var states = new ArrayList<AccountState>();
    for (var step = 1; step <= 120; step++) {
      step(ledger, random, step);
      if (step % 20 == 0) states.add(ledger.state);
    }
    return states;
  }

  private static void step(Ledger ledger, Random random, int step) {
    var id = "o" + (1 + random.nextInt(step));
    switch (random.nextInt(9)) {
      case 0, 1, 2 ->
          ledger.place(
              "o" + step,
              Ledger.limit(
                  random.nextBoolean() ? Side.BUY : Side.SELL,
                  1 + random.nextInt(60),
                  random.nextBoolean() ? "5000.25" : "5000.30"));
      case 3 -> ledger.accept(id);
      case 4 -> ledger.fill(id, "E" + step, 1 + random.nextInt(3), "5000.25");
      case 5 -> ledger.cancel(id);
      case 6 -> ledger.canceled(id);
      case 7 -> {
        ledger.inDoubt(id, RequestKind.NEW, 1);
        if (random.nextBoolean())
          ledger.unknown(id, RequestKind.NEW, 1, Duration.ofSeconds(5L + step));
      }
      default -> {
        ledger.fill(null, "X" + step, 1, "5000");
        ledger.report(new VenueFact.ReconcileStarted("sim", step));
        if (random.nextInt(4) > 0)
          ledger.report(new VenueFact.ReconcileCompleted("sim", step, Set.of(), 0, 0, List.of()));
      }
    }
  }
}
