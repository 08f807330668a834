package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.Price;
import io.tapeline.orders.domain.Order.Done;
import io.tapeline.orders.domain.Order.Live;
import io.tapeline.orders.domain.OrderEvent.OrderAdopted;
import io.tapeline.orders.domain.OrderEvent.Outcome;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the venue says of changes: asked for here, or made by somebody else. */
final class ReplaceReports {
  private ReplaceReports() {}

  static Decision decide(AccountState account, VenueFact.Replaced fact) {
    var id = ReportDecider.nameOf(account, fact.clOrdId(), fact.venueOrderId());
    return switch (account.order(id)) {
      case Live live -> decide(live, fact);
      // ended here, grown there before it could end: what is left of it works on at the venue
      case Done done when grown(account, done, fact) ->
          accepted(
              new OrderAdopted(
                  ExternalIds.of(fact.venueOrderId()),
                  fact.venueOrderId(),
                  rest(done, fact),
                  null));
      case Done _, Order.Denied _ -> accepted();
      case null -> accepted();
    };
  }

  private static Decision decide(Live live, VenueFact.Replaced fact) {
    var requestNo = fact.requestNo();
    var change = change(live.terms(), fact);
    if (requestNo == null)
      return change.isSameAs(live.terms().change())
          ? accepted()
          : accepted(Replacing.confirmed(live, 0, fact.venueOrderId(), change));
    // told again, or overtaken by a later change
    if (requestNo <= live.standing().replacedNo()) return accepted();
    var request = live.request(RequestKind.REPLACE, requestNo);
    if (request != null && request.inDoubt()) {
      var events =
          new java.util.ArrayList<OrderEvent>(
              List.of(
                  new OrderEvent.DoubtResolved(
                      live.clOrdId(),
                      RequestKind.REPLACE,
                      requestNo,
                      Outcome.ARRIVED,
                      DoubtRules.VENUE,
                      null)));
      events.add(Replacing.confirmed(live, requestNo, fact.venueOrderId(), snapped(live, change)));
      return new Decision.Accepted(events);
    }
    return accepted(
        Replacing.confirmed(live, requestNo, fact.venueOrderId(), snapped(live, change)));
  }

  /** The order as the venue lists it may show what became of a change, or one made elsewhere. */
  static List<OrderEvent> asKnown(Live live, VenueFact.OrderKnown known) {
    var there = listed(live.terms(), known.terms());
    var request = live.request(RequestKind.REPLACE);
    // an answer may be older than what was confirmed meanwhile; a reconciliation lists what is so
    if (request == null || request.change() == null)
      return known.answersRequestNo() != null || there.isSameAs(live.terms().change())
          ? List.of()
          : List.of(Replacing.confirmed(live, 0, known.venueOrderId(), there));
    if (listed(request.change(), known.terms()).isSameAs(request.change()))
      return request.inDoubt()
          ? DoubtRules.resolved(live, request, Outcome.ARRIVED, DoubtRules.VENUE, null)
          : List.of(
              Replacing.confirmed(
                  live, request.requestNo(), known.venueOrderId(), request.change()));
    var asked = known.answersRequestNo();
    return request.inDoubt() && asked != null && asked == request.requestNo()
        ? DoubtRules.resolved(live, request, Outcome.NEVER_ARRIVED, DoubtRules.VENUE, null)
        : List.of();
  }

  private static Change snapped(Live live, Change confirmed) {
    var request = live.request(RequestKind.REPLACE);
    return request != null && request.change() != null && request.change().isSameAs(confirmed)
        ? request.change()
        : confirmed;
  }

  private static boolean grown(AccountState account, Done done, VenueFact.Replaced fact) {
    var requestNo = fact.requestNo();
    return requestNo != null
        && requestNo > done.standing().replacedNo()
        && done.why() == io.tapeline.model.OrdStatus.FILLED
        && fact.orderQty().compareTo(done.fills().spentQty()) > 0
        && account.order(ExternalIds.of(fact.venueOrderId())) == null;
  }

  private static Terms rest(Done done, VenueFact.Replaced fact) {
    var change = change(done.terms(), fact);
    return done.terms()
        .with(
            new Change(
                change.orderQty().minusUpTo(done.fills().spentQty()),
                change.price(),
                change.stopPx(),
                change.trail(),
                null));
  }

  private static Change change(Terms terms, VenueFact.Replaced fact) {
    return new Change(
        fact.orderQty(),
        price(terms, fact.price(), terms.price()),
        price(terms, fact.stopPx(), terms.stopPx()),
        fact.trail() == null ? terms.trail() : fact.trail(),
        null);
  }

  /** What the venue does not tell of an order, because it has it as another type, stays. */
  private static @Nullable Price price(
      Terms terms, @Nullable BigDecimal told, @Nullable Price known) {
    return told == null || known == null ? known : terms.instrument().price(told);
  }

  private static Change listed(Terms ours, Terms theirs) {
    return listed(ours.change(), theirs);
  }

  private static Change listed(Change ours, Terms theirs) {
    return new Change(
        theirs.orderQty(),
        theirs.price() == null || ours.price() == null ? ours.price() : theirs.price(),
        theirs.stopPx() == null || ours.stopPx() == null ? ours.stopPx() : theirs.stopPx(),
        theirs.trail() == null || ours.trail() == null ? ours.trail() : theirs.trail(),
        null);
  }
}
