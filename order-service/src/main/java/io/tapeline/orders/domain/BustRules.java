package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.orders.domain.Order.Placed;
import io.tapeline.orders.domain.OrderEvent.FillBusted;
import io.tapeline.orders.domain.OrderEvent.FillCorrected;

/** Executions that the venue takes back or corrects: reversed exactly as they were booked, once. */
final class BustRules {
  private BustRules() {}

  static Decision bust(AccountState account, VenueFact.Busted fact) {
    var id = ReportDecider.nameOf(account, fact.clOrdId(), fact.venueOrderId());
    if (!(account.order(id) instanceof Placed order)) return accepted();
    var fills = order.fills();
    var booked = fills.standing(fact.execId());
    if (booked == null && fills.has(fact.execId())) return accepted();
    // it overtook its fill: remembered, so that the fill is not booked when it comes
    return accepted(
        new FillBusted(
            id,
            fact.execId(),
            order.terms().symbol(),
            order.terms().side(),
            booked == null ? Qty.ZERO : booked.lastQty(),
            booked == null ? new Price(0) : booked.lastPx(),
            booked == null ? null : booked.fee(),
            fact.text()));
  }

  static Decision correct(AccountState account, VenueFact.Corrected fact, Circumstances now) {
    var id = ReportDecider.nameOf(account, fact.clOrdId(), fact.venueOrderId());
    if (!(account.order(id) instanceof Placed order)) return accepted();
    var fills = order.fills();
    if (fills.has(fact.newExecId()) || now.market().booked(fact.newExecId())) return accepted();
    var booked = fills.standing(fact.execId());
    var terms = order.terms();
    return accepted(
        new FillCorrected(
            id,
            fact.execId(),
            fact.newExecId(),
            terms.symbol(),
            terms.side(),
            booked == null ? Qty.ZERO : booked.lastQty(),
            booked == null ? new Price(0) : booked.lastPx(),
            fact.lastQty(),
            terms.instrument().price(fact.lastPx()),
            booked == null ? null : booked.fee(),
            fact.fee()));
  }
}
