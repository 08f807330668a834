package io.tapeline.market.venue.domain;

import io.tapeline.model.AccountId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests on their way to the venue: one lane per account, served in turn, cancels before
 * everything else. A cancel whose order still waits here takes it out instead of following it.
 * Bounded per account and lane. Not thread-safe.
 */
public final class Lanes {
  private final int capacity;
  private final Map<AccountId, ArrayDeque<VenueRequest.Cancel>> cancels = new LinkedHashMap<>();
  private final Map<AccountId, ArrayDeque<VenueRequest.Place>> places = new LinkedHashMap<>();

  /**
   * Empty lanes.
   *
   * @param capacity how many new orders, and how many cancels, an account may have waiting
   */
  public Lanes(int capacity) {
    this.capacity = capacity;
  }

  /** What became of an offered request. */
  public sealed interface Offer {
    record Queued() implements Offer {}

    /** Neither this cancel nor the order it met will be sent. */
    record Annihilated(VenueRequest.Place place) implements Offer {}

    record Full() implements Offer {}
  }

  public Offer offer(VenueRequest request) {
    return switch (request) {
      case VenueRequest.Place place -> queue(places, place);
      case VenueRequest.Cancel cancel -> {
        var unsent = takeOut(cancel);
        yield unsent.isPresent() ? new Offer.Annihilated(unsent.get()) : queue(cancels, cancel);
      }
    };
  }

  /** The next request to send: a cancel if there is any, accounts in turn. */
  public Optional<VenueRequest> poll() {
    var cancel = next(cancels);
    return cancel.isPresent() ? cancel : next(places);
  }

  /** Whether a request still waits here, and so surely has not been sent. */
  public boolean holds(RequestId id) {
    return waiting(places, id) || waiting(cancels, id);
  }

  public boolean isEmpty() {
    return cancels.isEmpty() && places.isEmpty();
  }

  private <R extends VenueRequest> Offer queue(Map<AccountId, ArrayDeque<R>> lanes, R request) {
    var lane = lanes.get(request.account());
    if (lane != null && lane.size() >= capacity) return new Offer.Full();
    lanes.computeIfAbsent(request.account(), _ -> new ArrayDeque<>()).add(request);
    return new Offer.Queued();
  }

  private Optional<VenueRequest.Place> takeOut(VenueRequest.Cancel cancel) {
    var lane = places.get(cancel.account());
    if (lane == null) return Optional.empty();
    var unsent =
        lane.stream().filter(place -> place.clOrdId().equals(cancel.clOrdId())).findFirst();
    unsent.ifPresent(lane::remove);
    if (lane.isEmpty()) places.remove(cancel.account());
    return unsent;
  }

  private static <R extends VenueRequest> Optional<VenueRequest> next(
      Map<AccountId, ArrayDeque<R>> lanes) {
    if (lanes.isEmpty()) return Optional.empty();
    var account = lanes.keySet().iterator().next();
    var lane = lanes.remove(account);
    if (lane == null) return Optional.empty();
    var request = lane.poll();
    if (!lane.isEmpty()) lanes.put(account, lane);
    return Optional.ofNullable(request);
  }

  private static <R extends VenueRequest> boolean waiting(
      Map<AccountId, ArrayDeque<R>> lanes, RequestId id) {
    var lane = lanes.get(id.account());
    return lane != null && lane.stream().anyMatch(request -> request.id().equals(id));
  }
}
