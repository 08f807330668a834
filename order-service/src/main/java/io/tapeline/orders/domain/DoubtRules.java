package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.orders.domain.Order.Denied;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderCommand.ResolveDoubt;
import io.tapeline.orders.domain.OrderEvent.DoubtResolved;
import io.tapeline.orders.domain.OrderEvent.OrderExpired;
import io.tapeline.orders.domain.OrderEvent.Outcome;
import io.tapeline.orders.domain.OrderEvent.RequestInDoubt;
import io.tapeline.orders.domain.OrderEvent.RequestUnknownToVenue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ambiguity is a state: a request that may or may not have arrived stays in doubt until the venue
 * or an admin says what became of it.
 */
final class DoubtRules {
  static final String UNSENT = "UNSENT";
  static final String UNKNOWN_TO_VENUE = "UNKNOWN_TO_VENUE";
  static final String VENUE = "VENUE";

  /** One "unknown" may be the venue catching up; two are its word. */
  private static final int NEGATIVES_THAT_PROVE = 2;

  private DoubtRules() {}

  static Decision doubt(@Nullable Order order, VenueFact.InDoubt fact) {
    if (!(order instanceof Live live)) return accepted();
    var request = live.request(fact.kind(), fact.requestNo());
    return request == null || request.inDoubt()
        ? accepted()
        : accepted(new RequestInDoubt(fact.clOrdId(), fact.kind(), fact.requestNo(), fact.why()));
  }

  static Decision unknown(@Nullable Order order, VenueFact.OrderUnknown fact) {
    if (!(order instanceof Live live)) return accepted();
    var request = live.request(fact.kind(), fact.requestNo());
    if (request == null || request.doubt() == null) return accepted();
    var doubt = request.doubt();
    var last = doubt.lastAskedAt();
    if (last != null && !fact.askedAt().isAfter(last)) return accepted();
    var counts = fact.countsAsProof();
    var said =
        new RequestUnknownToVenue(
            fact.clOrdId(),
            fact.requestNo(),
            fact.session(),
            fact.sessionOpenedAt(),
            fact.askedAt(),
            counts);
    if (!counts || doubt.negatives() + 1 < NEGATIVES_THAT_PROVE) return accepted(said);
    var events = new ArrayList<OrderEvent>();
    events.add(said);
    events.addAll(resolved(live, request, Outcome.NEVER_ARRIVED, VENUE, null));
    return new Decision.Accepted(events);
  }

  static Decision resolve(@Nullable Order order, ResolveDoubt command) {
    return switch (order) {
      case null ->
          OrderDecider.refused(
              RequestKind.NEW,
              command.clOrdId(),
              DenialReason.UNKNOWN_ORDER.with(command.clOrdId()),
              command.commandId(),
              command.by());
      case Done _, Denied _ ->
          OrderDecider.refused(
              RequestKind.NEW,
              command.clOrdId(),
              OrderDecider.ended(order),
              command.commandId(),
              command.by());
      case Live live -> {
        var request = live.doubted();
        yield request == null
            ? OrderDecider.refused(
                RequestKind.NEW,
                command.clOrdId(),
                DenialReason.NOT_IN_DOUBT.with(command.clOrdId()),
                command.commandId(),
                command.by())
            : new Decision.Accepted(
                resolved(live, request, command.outcome(), command.by(), command.reason()));
      }
    };
  }

  /** The end of a doubt, and what follows from it. */
  static List<OrderEvent> resolved(
      Live live, Request request, Outcome outcome, String by, @Nullable String reason) {
    var events = new ArrayList<OrderEvent>();
    events.add(
        new DoubtResolved(
            live.clOrdId(), request.kind(), request.requestNo(), outcome, by, reason));
    if (outcome == Outcome.ARRIVED) {
      if (request.change() != null)
        events.add(Replacing.confirmed(live, request.requestNo(), null, request.change()));
      return events;
    }
    switch (request.kind()) {
      case NEW ->
          events.add(
              new OrderExpired(
                  live.clOrdId(), live.acknowledged() ? UNKNOWN_TO_VENUE : UNSENT, reason));
      case CANCEL -> events.add(OrderDecider.cancelRequested(live, null, by));
      case REPLACE -> {} // the order stands as it was
    }
    return events;
  }
}
