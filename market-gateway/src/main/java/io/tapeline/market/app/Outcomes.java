package io.tapeline.market.app;

import io.tapeline.market.store.IntakeStore;
import io.tapeline.market.venue.domain.RequestId;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * How requests ended, written a little later and many at once: an outcome that is lost with a crash
 * only means one question more.
 */
final class Outcomes {
  static final String ANSWERED = "ANSWERED";
  static final String NOT_SENT = "NOT_SENT";
  static final String IN_DOUBT = "IN_DOUBT";
  private static final Logger LOG = Logger.getLogger(Outcomes.class);
  private static final int MOST_AT_ONCE = 1_000;

  private final ConcurrentLinkedQueue<IntakeStore.Outcome> waiting = new ConcurrentLinkedQueue<>();
  private final IntakeStore store;

  Outcomes(IntakeStore store) {
    this.store = store;
  }

  void add(RequestId id, String outcome) {
    waiting.add(new IntakeStore.Outcome(id, outcome));
  }

  void write() {
    while (!waiting.isEmpty()) {
      var some = new ArrayList<IntakeStore.Outcome>();
      for (var one = waiting.poll(); one != null; one = waiting.poll()) {
        some.add(one);
        if (some.size() == MOST_AT_ONCE) break;
      }
      try {
        store.record(some);
      } catch (RuntimeException e) {
        waiting.addAll(some);
        LOG.warnf("outcomes of requests cannot be written now: %s", e.getMessage());
        return;
      }
    }
  }
}
