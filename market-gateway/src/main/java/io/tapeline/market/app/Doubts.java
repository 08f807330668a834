package io.tapeline.market.app;

import io.tapeline.market.store.IntakeStore;
import io.tapeline.market.venue.domain.DoubtSchedule;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the venue about every request that order-service holds in doubt, until its journal says that
 * the doubt is over. On the housekeeping thread.
 */
final class Doubts {
  /** As many negatives in a session as old as the send: only a new session can prove anything. */
  private static final int NEGATIVES = 3;

  /** A change that came while the table was read is seen the next time. */
  private static final Duration LOAD_AGAIN = Duration.ofSeconds(30);

  private final IntakeStore store;
  private final Venue venue;
  private final Sender sender;
  private final InFlight inFlight;
  private final Reports reports;
  private final InstantSource clock;
  private final Runnable reopenSession;
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final Map<RequestId, Asking> asking = new ConcurrentHashMap<>();

  private Instant loadedAt = Instant.EPOCH;

  private record Asking(IntakeStore.Request request, int asked, Instant next) {}

  Doubts(
      IntakeStore store,
      Venue venue,
      Sender sender,
      InFlight inFlight,
      Reports reports,
      InstantSource clock,
      Runnable reopenSession) {
    this.store = store;
    this.venue = venue;
    this.sender = sender;
    this.inFlight = inFlight;
    this.reports = reports;
    this.clock = clock;
    this.reopenSession = reopenSession;
  }

  /** The journal said something about doubts. */
  void changed() {
    changed.set(true);
  }

  int size() {
    return asking.size();
  }

  void ask() {
    var now = clock.instant();
    boolean old = !asking.isEmpty() && loadedAt.plus(LOAD_AGAIN).isBefore(now);
    if (changed.getAndSet(false) || old) load(now);
    for (var one : List.copyOf(asking.values())) {
      if (one.next().isAfter(now)) continue;
      ask(one.request(), one.asked());
      asking.put(
          one.request().id(),
          new Asking(one.request(), one.asked() + 1, DoubtSchedule.nextAsk(now, one.asked() + 1)));
    }
  }

  private void load(Instant now) {
    try {
      var doubts = store.doubts(venue.name());
      loadedAt = now;
      asking.keySet().retainAll(doubts.stream().map(IntakeStore.Request::id).toList());
      for (var request : doubts)
        asking.putIfAbsent(request.id(), new Asking(request, 0, DoubtSchedule.nextAsk(now, 0)));
    } catch (RuntimeException e) {
      changed.set(true);
      throw e;
    }
  }

  private void ask(IntakeStore.Request request, int asked) {
    var id = request.id();
    if (!request.wasToBeSent()) {
      reports.notSent(id, request.kind(), request.decision());
      return;
    }
    // "Unknown" would be a lie about one that may still arrive.
    if (sender.holds(id) || inFlight.awaits(id)) return;
    venue.find(
        id.account(),
        id.clOrdId(),
        found -> {
          if (found.isPresent()) {
            reports.known(id, found.get());
          } else {
            reports.unknown(id, request.kind(), request.at());
            if (asked >= NEGATIVES && !request.at().isBefore(reports.sessionOpenedAt()))
              reopenSession.run();
          }
        });
  }
}
