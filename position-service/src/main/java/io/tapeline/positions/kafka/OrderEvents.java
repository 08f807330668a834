package io.tapeline.positions.kafka;

import io.tapeline.contract.Json;
import io.tapeline.contract.PendingRow;
import io.tapeline.contract.TapeEvent;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Place;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.positions.domain.TapeLine.Fact;
import io.tapeline.positions.domain.TapeLine.Fact.Booked;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import io.tapeline.positions.domain.TapeLine.Fact.TradingAllowed;
import io.tapeline.positions.domain.TapeLine.Fact.TradingLocked;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import io.tapeline.positions.domain.WorkingOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code orders.events.v1} as positions mean it. Whatever a record holds, reading it never fails.
 */
final class OrderEvents {
  /** The format of events this version knows. */
  private static final int NEWEST_FORMAT = 1;

  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_DIGITS = 25;

  private OrderEvents() {}

  /** Of an {@code OrderEventRecord} what positions need; the rest is not worth reading. */
  record JournalLine(
      String accountId,
      long seq,
      int v,
      Instant at,
      @Nullable Instant venueTime,
      TapeEvent event,
      @Nullable OrderPart order) {}

  /** Of an {@code OrderRow} likewise. */
  record OrderPart(
      String clOrdId,
      String symbol,
      Side side,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      long leavesQty,
      OrdStatus ordStatus,
      @Nullable List<PendingRow> pending,
      boolean reduceOnly,
      @Nullable String strategy) {}

  static Delivery read(ConsumerRecord<String, byte[]> kafkaRecord) {
    var place = new Place(kafkaRecord.partition(), kafkaRecord.offset());
    var accountId = accountId(kafkaRecord.key());
    if (accountId == null) return new Poison(place, null, "the key names no account");
    if (kafkaRecord.value() == null) return new Poison(place, accountId, "a tombstone");
    try {
      return read(place, accountId, Json.read(kafkaRecord.value(), JournalLine.class));
    } catch (RuntimeException e) { // whatever it is, it is the record's fault and stops one account
      return new Poison(place, accountId, firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static Delivery read(Place place, AccountId accountId, @Nullable JournalLine line) {
    if (line == null) return new Poison(place, accountId, "the record says null");
    if (!accountId.value().equals(line.accountId()))
      return new Poison(place, accountId, "the record is of account " + line.accountId());
    if (line.v() > NEWEST_FORMAT)
      return new Poison(place, accountId, "format " + line.v() + " is newer than this service");
    if (line.event() == null || line.at() == null || line.seq() < 1)
      return new Poison(place, accountId, "a line without event, time or seq");
    return new Line(
        place,
        accountId,
        new TapeLine(
            line.seq(),
            line.at(),
            line.venueTime(),
            fact(line.event(), line.order() == null ? null : line.order().strategy()),
            line.order() == null ? null : order(line.order())));
  }

  private static WorkingOrder order(OrderPart row) {
    return new WorkingOrder(
        new ClOrdId(present(row.clOrdId(), "clOrdId")),
        new Symbol(present(row.symbol(), "symbol")),
        present(row.side(), "side"),
        present(row.ordStatus(), "ordStatus").isWorking() ? row.leavesQty() : 0,
        row.price() == null ? null : decimal(row.price(), "price"),
        row.stopPx() == null ? null : decimal(row.stopPx(), "stopPx"),
        row.reduceOnly(),
        row.pending() != null && row.pending().stream().anyMatch(PendingRow::inDoubt));
  }

  private static Fact fact(TapeEvent event, @Nullable String strategy) {
    return switch (event) {
      case TapeEvent.OrderSubmitted submitted ->
          named(
              submitted.symbol(),
              submitted.tickSize(),
              submitted.tickValue(),
              submitted.currency());
      case TapeEvent.OrderAdopted adopted ->
          named(adopted.symbol(), adopted.tickSize(), adopted.tickValue(), adopted.currency());
      case TapeEvent.OrderFilled filled ->
          executed(
              filled.execId(),
              filled.clOrdId(),
              filled.symbol(),
              filled.side(),
              filled.lastQty(),
              filled.lastPx(),
              filled.fee(),
              strategy,
              filled.reportedPnl());
      case TapeEvent.OrderHeld held ->
          named(held.symbol(), held.tickSize(), held.tickValue(), held.currency());
      case TapeEvent.FillBusted bust ->
          new Busted(
              booked(bust.execId(), bust.symbol(), bust.side(), bust.lastQty(), bust.lastPx()));
      case TapeEvent.FillCorrected now ->
          new Corrected(
              booked(now.execId(), now.symbol(), now.side(), now.oldQty(), now.oldPx()),
              executed(
                  now.newExecId(),
                  now.clOrdId(),
                  now.symbol(),
                  now.side(),
                  now.newQty(),
                  now.newPx(),
                  now.newFee(),
                  strategy,
                  now.newReportedPnl()));
      case TapeEvent.TradingStateChanged changed ->
          new TradingAllowed(present(changed.state(), "state"));
      case TapeEvent.RiskLocked locked ->
          new TradingLocked(
              present(locked.tier(), "tier").equals("LOCK")
                  ? TradingState.HALTED
                  : TradingState.REDUCING);
      case TapeEvent.ReconciliationCompleted completed -> venueSaid(completed);
      case TapeEvent.RiskUnlocked _ -> new TradingLocked(TradingState.ACTIVE);
      case TapeEvent.RequestDenied _,
          TapeEvent.ReplaceQueued _,
          TapeEvent.RevisionNoted _,
          TapeEvent.BracketAttached _,
          TapeEvent.OcoOverfilled _,
          TapeEvent.FlattenStarted _,
          TapeEvent.FlattenStep _,
          TapeEvent.FlattenEnded _,
          TapeEvent.OrderReleased _,
          TapeEvent.ReplaceRequested _,
          TapeEvent.OrderReplaced _,
          TapeEvent.ReplaceRejected _,
          TapeEvent.ReplaceDropped _,
          TapeEvent.OrderTriggered _,
          TapeEvent.CancelRequested _,
          TapeEvent.OrderAccepted _,
          TapeEvent.OrderRejected _,
          TapeEvent.OrderCanceled _,
          TapeEvent.CancelRejected _,
          TapeEvent.OrderExpired _,
          TapeEvent.RequestInDoubt _,
          TapeEvent.RequestUnknownToVenue _,
          TapeEvent.DoubtResolved _,
          TapeEvent.ReconciliationStarted _ ->
          new NothingTraded();
    };
  }

  private static Fact venueSaid(TapeEvent.ReconciliationCompleted completed) {
    var held = new TreeMap<String, Long>();
    for (var position : present(completed.positions(), "positions"))
      held.merge(present(position.symbol(), "symbol"), position.netQty(), Long::sum);
    return new VenueSaid(present(completed.venue(), "venue"), completed.session(), held);
  }

  private static Executed executed(
      String execId,
      String clOrdId,
      String symbol,
      Side side,
      long qty,
      BigDecimal px,
      @Nullable BigDecimal fee,
      @Nullable String strategy,
      @Nullable BigDecimal reportedPnl) {
    return new Executed(
        new ExecId(present(execId, "execId")),
        new ClOrdId(present(clOrdId, "clOrdId")),
        new Symbol(present(symbol, "symbol")),
        present(side, "side"),
        new Qty(qty),
        decimal(px, "price"),
        fee == null ? null : decimal(fee, "fee"),
        strategy,
        reportedPnl == null ? null : decimal(reportedPnl, "reportedPnl"));
  }

  private static Booked booked(String execId, String symbol, Side side, long qty, BigDecimal px) {
    return new Booked(
        new ExecId(present(execId, "execId")),
        new Symbol(present(symbol, "symbol")),
        present(side, "side"),
        new Qty(qty),
        decimal(px, "price"));
  }

  private static Fact named(
      String symbol, BigDecimal tickSize, BigDecimal tickValue, String currency) {
    return new ContractNamed(
        new Instrument(
            new Symbol(present(symbol, "symbol")),
            decimal(tickSize, "tickSize"),
            Money.of(decimal(tickValue, "tickValue").toString(), present(currency, "currency"))));
  }

  /** Jackson leaves a component null that is not in the record, whatever its type says. */
  private static <T> T present(@Nullable T value, String name) {
    if (value == null) throw new IllegalArgumentException("the event has no " + name);
    return value;
  }

  /** A number one can reckon with; 1E+999999999 is a decimal too. */
  private static BigDecimal decimal(@Nullable BigDecimal value, String name) {
    var number = present(value, name);
    if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS)
      throw new IllegalArgumentException(name + " has more than " + MOST_DIGITS + " digits");
    return number;
  }

  private static String firstLine(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  static @Nullable AccountId accountId(@Nullable String key) {
    if (key == null) return null;
    try {
      return new AccountId(key);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
