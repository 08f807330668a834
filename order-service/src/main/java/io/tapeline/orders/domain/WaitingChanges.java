package io.tapeline.orders.domain;

import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.OfOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/** Changes that wait here go on as soon as a decision makes way for them. */
final class WaitingChanges {
  private WaitingChanges() {}

  static Decision after(AccountState account, Decision decision, Circumstances now) {
    if (!(decision instanceof Decision.Accepted)) return decision;
    var waiting = new LinkedHashSet<io.tapeline.model.ClOrdId>();
    for (var event : decision.events()) {
      if (event instanceof OfOrder about
          && account.order(about.clOrdId()) instanceof Live live
          && live.queued() != null) waiting.add(about.clOrdId());
    }
    if (waiting.isEmpty()) return decision;
    var after = account;
    for (var event : decision.events())
      after =
          Evolution.evolve(after, new Recorded(after.seq() + 1, now.at(), now.venueTime(), event));
    var events = new ArrayList<>(decision.events());
    for (var clOrdId : waiting) {
      if (after.order(clOrdId) instanceof Live live) {
        var next = Replacing.next(live, now);
        if (next != null) events.add(next);
      }
    }
    return new Decision.Accepted(events);
  }
}
