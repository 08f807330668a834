package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.orders.domain.Order.Placed;
import io.tapeline.orders.domain.OrderEvent.FillBusted;
import io.tapeline.orders.domain.OrderEvent.FillCorrected;
import io.tapeline.orders.domain.OrderEvent.Instead;
import io.tapeline.orders.domain.OrderEvent.RevisionNoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executions that the venue takes back or corrects: reversed exactly as they were booked, once. A
 * revision that comes before its execution is noted, and done as soon as the execution is told.
 */
final class BustRules {
  /** Finer than any venue charges. */
  private static final int FEE_DECIMALS = 8;

  private BustRules() {}

  static Decision bust(AccountState account, VenueFact.Busted fact) {
    var id = ReportDecider.nameOf(account, fact.clOrdId(), fact.venueOrderId());
    var order = account.order(id) instanceof Placed placed ? placed : null;
    if (order == null || !order.fills().has(fact.execId()))
      return noted(
          account, new RevisionNoted(fact.venueOrderId(), fact.execId(), null, fact.text()));
    var booked = order.fills().standing(fact.execId());
    if (booked == null) return accepted();
    return accepted(
        new FillBusted(
            id,
            fact.execId(),
            order.terms().symbol(),
            order.terms().side(),
            booked.lastQty(),
            booked.lastPx(),
            booked.fee(),
            fact.text()));
  }

  static Decision correct(AccountState account, VenueFact.Corrected fact, Circumstances now) {
    var id = ReportDecider.nameOf(account, fact.clOrdId(), fact.venueOrderId());
    var order = account.order(id) instanceof Placed placed ? placed : null;
    if (now.market().booked(fact.newExecId())
        || (order != null && order.fills().has(fact.newExecId()))) return accepted();
    var instead =
        new Instead(
            fact.newExecId(), fact.lastQty(), fact.lastPx(), fact.fee(), fact.reportedPnl());
    if (order == null || !order.fills().has(fact.execId()))
      return noted(account, new RevisionNoted(fact.venueOrderId(), fact.execId(), instead, null));
    var booked = order.fills().standing(fact.execId());
    var terms = order.terms();
    var instrument = terms.instrument();
    var fee =
        booked == null
            ? fact.fee()
            : fee(fact.fee(), fact.lastQty(), booked.fee(), booked.lastQty());
    var events = new ArrayList<OrderEvent>();
    events.add(
        new FillCorrected(
            id,
            fact.execId(),
            fact.newExecId(),
            terms.symbol(),
            terms.side(),
            booked == null ? Qty.ZERO : booked.lastQty(),
            booked == null ? new Price(0) : booked.lastPx(),
            fact.lastQty(),
            instrument.price(fact.lastPx()),
            booked == null ? null : booked.fee(),
            fee,
            fact.reportedPnl()));
    events.addAll(
        due(
            account,
            new Booking(
                id,
                terms.side(),
                fact.newExecId(),
                fact.lastQty(),
                instrument.price(fact.lastPx()),
                fee),
            instrument,
            now));
    return new Decision.Accepted(events);
  }

  /** Where the venue names no fee for what it corrected, a lot costs what it did before. */
  private static @Nullable BigDecimal fee(
      @Nullable BigDecimal said, Qty qty, @Nullable BigDecimal before, Qty was) {
    if (said != null || before == null || was.isZero()) return said;
    return before
        .multiply(BigDecimal.valueOf(qty.lots()))
        .divide(BigDecimal.valueOf(was.lots()), FEE_DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  private static Decision noted(AccountState account, RevisionNoted note) {
    return account.contingencies().noted().contains(note.execId()) ? accepted() : accepted(note);
  }

  /** An execution that is being booked now. */
  record Booking(
      ClOrdId id, Side side, ExecId execId, Qty qty, Price px, @Nullable BigDecimal fee) {}

  /** What the venue said of an execution before it told of it, now that it does. */
  static List<OrderEvent> due(
      AccountState account, Booking booking, Instrument instrument, Circumstances now) {
    var noted = account.contingencies().noted();
    var events = new ArrayList<OrderEvent>();
    var at = booking;
    // a correction of a correction of …: each once
    for (var left = noted.size(); left > 0; left--) {
      var revision = noted.get(at.execId());
      if (revision == null) break;
      var instead = revision.instead();
      if (instead == null || isBooked(account, instead.execId(), at.id(), now)) {
        events.add(
            new FillBusted(
                at.id(),
                at.execId(),
                instrument.symbol(),
                at.side(),
                at.qty(),
                at.px(),
                at.fee(),
                revision.text()));
        break;
      }
      var next =
          new Booking(
              at.id(),
              at.side(),
              instead.execId(),
              instead.lastQty(),
              instrument.price(instead.lastPx()),
              fee(instead.fee(), instead.lastQty(), at.fee(), at.qty()));
      events.add(
          new FillCorrected(
              at.id(),
              at.execId(),
              next.execId(),
              instrument.symbol(),
              at.side(),
              at.qty(),
              at.px(),
              next.qty(),
              next.px(),
              at.fee(),
              next.fee(),
              instead.reportedPnl()));
      at = next;
    }
    return events;
  }

  private static boolean isBooked(
      AccountState account, ExecId execId, ClOrdId id, Circumstances now) {
    return now.market().booked(execId)
        || (account.order(id) instanceof Placed placed && placed.fills().has(execId));
  }
}
