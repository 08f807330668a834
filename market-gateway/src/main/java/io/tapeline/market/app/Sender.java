package io.tapeline.market.app;

import io.tapeline.market.intake.domain.IntakeDecider;
import io.tapeline.market.venue.domain.Lanes;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands committed requests to the venue, once each, cancels first. What it finds to be stale, or
 * meets its own cancel, is reported NOT_SENT: it surely was not.
 */
final class Sender implements AutoCloseable {
  static final String LANE_FULL = "LANE_FULL";
  static final String CANCELED_UNSENT = "CANCELED_UNSENT";
  private static final int LANE = 1_000;
  private static final long RETRY_MILLIS = 1;

  private final Lanes lanes = new Lanes(LANE);
  private final Venue venue;
  private final InFlight inFlight;
  private final Reports reports;
  private final Outcomes outcomes;
  private final InstantSource clock;
  private final BooleanSupplier maySend;
  private final Thread thread;
  private boolean closing;
  private @Nullable RequestId handing;

  Sender(
      Venue venue,
      InFlight inFlight,
      Reports reports,
      Outcomes outcomes,
      InstantSource clock,
      BooleanSupplier maySend) {
    this.venue = venue;
    this.inFlight = inFlight;
    this.reports = reports;
    this.outcomes = outcomes;
    this.clock = clock;
    this.maySend = maySend;
    thread = Thread.ofPlatform().daemon().name("sender-" + venue.name()).unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** Takes a request whose intent is committed. A cancel that finds its lane full waits. */
  void take(VenueRequest request) throws InterruptedException {
    switch (offer(request)) {
      case Lanes.Offer.Queued(var takenOut) -> notSent(takenOut);
      case Lanes.Offer.Annihilated(var takenOut) -> {
        notSent(takenOut);
        outcomes.add(request.id(), Outcomes.NOT_SENT);
      }
      case Lanes.Offer.Full _ -> {
        switch (request) {
          case VenueRequest.Work work -> reports.notSent(work.id(), work.kind(), LANE_FULL);
          case VenueRequest.Cancel _ -> {
            Thread.sleep(RETRY_MILLIS);
            take(request);
          }
        }
      }
    }
  }

  /** Changes first: told after the end of their order they would concern nothing. */
  private void notSent(List<VenueRequest.Work> takenOut) {
    for (var work : takenOut.reversed()) reports.notSent(work.id(), work.kind(), CANCELED_UNSENT);
  }

  /** Whether a request surely was not sent yet, though it may be. */
  synchronized boolean holds(RequestId id) {
    return lanes.holds(id) || id.equals(handing);
  }

  private synchronized Lanes.Offer offer(VenueRequest request) {
    var offer = lanes.offer(request);
    notifyAll();
    return offer;
  }

  private synchronized @Nullable VenueRequest next() throws InterruptedException {
    while (true) {
      if (maySend.getAsBoolean() && !inFlight.isFull()) {
        Optional<VenueRequest> request = lanes.poll();
        if (request.isPresent()) {
          handing = request.get().id();
          return request.get();
        }
      }
      if (closing) return null;
      wait(lanes.isEmpty() ? 100 : RETRY_MILLIS);
    }
  }

  private synchronized void handed() {
    handing = null;
  }

  private void work() {
    try {
      for (var request = next(); request != null; request = next()) {
        hand(request);
        handed();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(VenueRequest request) throws InterruptedException {
    if (request.isStale(clock.instant())) {
      reports.notSent(request.id(), request.kind(), IntakeDecider.STALE);
      return;
    }
    inFlight.add(request.id(), request.kind(), System.nanoTime());
    while (!venue.send(request)) {
      if (!maySend.getAsBoolean()) return;
      Thread.sleep(RETRY_MILLIS);
    }
  }

  /** Sends what waits, for a moment, and ends. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    if (!thread.isAlive()) return;
    try {
      if (!thread.join(Duration.ofSeconds(2))) thread.interrupt();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
