package io.tapeline.market.venue.domain;

import io.tapeline.model.AccountId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way to the venue: one lane per account, served in turn, cancels before
 * everything else; new orders and changes in the order they came. A cancel takes out what still
 * waits here of its order: with the new order itself there is nothing left to cancel, and a change
 * of an order that is to end is not sent. Bounded per account and lane. Not thread-safe.
 */
public final class Lanes {
  private final int capacity;
  private final Map<AccountId, ArrayDeque<VenueRequest.Cancel>> cancels = new LinkedHashMap<>();
  private final Map<AccountId, ArrayDeque<VenueRequest.Work>> work = new LinkedHashMap<>();

  /**
   * Empty lanes.
   *
   * @param capacity how many new orders and changes, and how many cancels, an account may have
   *     waiting
   */
  public Lanes(int capacity) {
    this.capacity = capacity;
  }

  /** What became of an offered request. */
  public sealed interface Offer {
    /** It waits; those that it took out will not be sent. */
    record Queued(List<VenueRequest.Work> takenOut) implements Offer {}

    /** Neither this cancel nor the order it met, with its changes, will be sent. */
    record Annihilated(List<VenueRequest.Work> takenOut) implements Offer {}

    record Full() implements Offer {}
  }

  public Offer offer(VenueRequest request) {
    return switch (request) {
      case VenueRequest.Work one -> queue(work, one, List.of());
      case VenueRequest.Cancel cancel -> offer(cancel);
    };
  }

  private Offer offer(VenueRequest.Cancel cancel) {
    var unsent = unsent(cancel);
    boolean wasNeverSent = unsent.stream().anyMatch(one -> one instanceof VenueRequest.Place);
    if (!wasNeverSent && isFull(cancels.get(cancel.account()))) return new Offer.Full();
    takeOut(cancel.account(), unsent);
    return wasNeverSent ? new Offer.Annihilated(unsent) : queue(cancels, cancel, unsent);
  }

  /** The next request to send: a cancel if there is any, accounts in turn. */
  public Optional<VenueRequest> poll() {
    var cancel = next(cancels);
    return cancel.isPresent() ? cancel : next(work);
  }

  /** Whether a request still waits here, and so surely has not been sent. */
  public boolean holds(RequestId id) {
    return waiting(work, id) || waiting(cancels, id);
  }

  public boolean isEmpty() {
    return cancels.isEmpty() && work.isEmpty();
  }

  private <R extends VenueRequest> Offer queue(
      Map<AccountId, ArrayDeque<R>> lanes, R request, List<VenueRequest.Work> takenOut) {
    if (isFull(lanes.get(request.account()))) return new Offer.Full();
    lanes.computeIfAbsent(request.account(), _ -> new ArrayDeque<>()).add(request);
    return new Offer.Queued(takenOut);
  }

  private boolean isFull(@Nullable ArrayDeque<?> lane) {
    return lane != null && lane.size() >= capacity;
  }

  private List<VenueRequest.Work> unsent(VenueRequest.Cancel cancel) {
    var lane = work.get(cancel.account());
    if (lane == null) return List.of();
    return lane.stream().filter(one -> one.clOrdId().equals(cancel.clOrdId())).toList();
  }

  private void takeOut(AccountId account, List<VenueRequest.Work> unsent) {
    var lane = work.get(account);
    if (lane == null) return;
    lane.removeAll(unsent);
    if (lane.isEmpty()) work.remove(account);
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
