package io.tapeline.market.app;

import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that were handed to the venue and not answered yet. */
final class InFlight {
  static final int MOST = 8_192;

  private final Map<Order, List<Sent>> sent = new HashMap<>();
  private int size;

  private record Order(AccountId account, ClOrdId clOrdId) {}

  /**
   * A request with when it was sent, on a monotonic clock.
   *
   * @param doubted whether it was reported in doubt already
   */
  record Sent(RequestId id, RequestKind kind, long at, boolean doubted) {}

  synchronized boolean isFull() {
    return size >= MOST;
  }

  synchronized boolean isEmpty() {
    return size == 0;
  }

  synchronized void add(RequestId id, RequestKind kind, long now) {
    sent.computeIfAbsent(order(id), _ -> new ArrayList<>(2)).add(new Sent(id, kind, now, false));
    size++;
  }

  /** Whether it was sent and may still be answered without being asked about. */
  synchronized boolean awaits(RequestId id) {
    return sent.getOrDefault(order(id), List.of()).stream()
        .anyMatch(one -> one.id().equals(id) && !one.doubted());
  }

  /** Takes out the oldest request of a kind about an order. */
  synchronized Optional<Sent> answered(AccountId account, ClOrdId clOrdId, RequestKind kind) {
    var order = new Order(account, clOrdId);
    var requests = sent.getOrDefault(order, List.of());
    var found = requests.stream().filter(one -> one.kind() == kind).findFirst();
    found.ifPresent(one -> takeOut(order, requests, one));
    return found;
  }

  /** Takes out that request, where it is still waited for. */
  synchronized Optional<Sent> answered(RequestId id) {
    var order = order(id);
    var requests = sent.getOrDefault(order, List.of());
    var found = requests.stream().filter(one -> one.id().equals(id)).findFirst();
    found.ifPresent(one -> takeOut(order, requests, one));
    return found;
  }

  private void takeOut(Order order, List<Sent> requests, Sent one) {
    requests.remove(one);
    size--;
    if (requests.isEmpty()) sent.remove(order);
  }

  /** Takes out everything about an order that ended. */
  synchronized List<Sent> ended(AccountId account, ClOrdId clOrdId) {
    var requests = sent.remove(new Order(account, clOrdId));
    if (requests == null) return List.of();
    size -= requests.size();
    return requests;
  }

  /** Those without an answer since before then, each told once. */
  synchronized List<Sent> overdue(long sentBefore) {
    var overdue = new ArrayList<Sent>();
    for (var requests : sent.values()) {
      requests.replaceAll(
          one -> {
            if (one.doubted() || one.at() - sentBefore >= 0) return one;
            overdue.add(one);
            return new Sent(one.id(), one.kind(), one.at(), true);
          });
    }
    return overdue;
  }

  private static Order order(RequestId id) {
    return new Order(id.account(), id.clOrdId());
  }
}
