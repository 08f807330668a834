package io.tapeline.positions;

import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.contract.VenueReport;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import io.tapeline.testkit.Press;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an account's journal as order-service would. */
final class Journal {
  static final Instant NOON = Instant.parse("2024-01-10T18:00:00Z");

  private final Press press;
  private final String account;
  private Instant venueTime = NOON;
  private long seq;

  Journal(Press press, String account) {
    this.press = press;
    this.account = account;
  }

  long seq() {
    return seq;
  }

  Journal at(String venueTime) {
    this.venueTime = Instant.parse(venueTime);
    return this;
  }

  Journal submitted(String symbol, String tickSize, String tickValue) {
    return next(
        new TapeEvent.OrderSubmitted(
            "o" + (seq + 1),
            1,
            symbol,
            Side.BUY,
            OrdType.MARKET,
            TimeInForce.DAY,
            1,
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            new BigDecimal(tickSize),
            new BigDecimal(tickValue),
            "USD",
            "sim",
            NOON.plusSeconds(5),
            "c" + (seq + 1),
            "tester",
            null));
  }

  Journal es() {
    return submitted("ESH4", "0.25", "12.50");
  }

  /** The account may do that from here on. */
  Journal allowed(TradingState state) {
    return next(new TapeEvent.TradingStateChanged(state, "TEST", "c" + (seq + 1), "tester"));
  }

  /** A stop that works on the venue from here on. */
  Journal stop(String symbol, Side side, long qty, String stopPx) {
    seq++;
    var px = new BigDecimal(stopPx);
    press.printText(
        Topics.ORDER_EVENTS,
        account,
        """
        {"accountId":"%s","seq":%d,"v":1,"at":"%s","venueTime":"%s",
         "event":{"type":"OrderAccepted","clOrdId":"s%d","venueOrderId":"V%d"},
         "order":{"clOrdId":"s%d","symbol":"%s","side":"%s","stopPx":"%s","leavesQty":%d,"ordStatus":"NEW",
                  "pending":[],"reduceOnly":true}}"""
            .formatted(
                account,
                seq,
                Instant.now(),
                venueTime,
                seq,
                seq,
                seq,
                symbol,
                side,
                px.toPlainString(),
                qty));
    return this;
  }

  Journal accepted() {
    return next(new TapeEvent.OrderAccepted("o1", "V1"));
  }

  Journal filled(String symbol, Side side, long qty, String px) {
    return filled("E" + (seq + 1), symbol, side, qty, px, null);
  }

  Journal filled(
      String execId, String symbol, Side side, long qty, String px, @Nullable String fee) {
    return next(
        new TapeEvent.OrderFilled(
            "o1",
            account + "-" + execId,
            "V1",
            symbol,
            side,
            qty,
            new BigDecimal(px),
            fee == null ? null : new BigDecimal(fee),
            null));
  }

  Journal busted(String execId, String symbol, Side side, long qty, String px) {
    return next(
        new TapeEvent.FillBusted(
            "o1", account + "-" + execId, symbol, side, qty, new BigDecimal(px), null, "bust"));
  }

  /** Corrected at the same side, under the name of the old execution and {@code .c}. */
  Journal corrected(
      String execId, String symbol, Side side, long oldQty, String oldPx, long qty, String px) {
    return next(
        new TapeEvent.FillCorrected(
            "o1",
            account + "-" + execId,
            account + "-" + execId + ".c",
            symbol,
            side,
            oldQty,
            new BigDecimal(oldPx),
            qty,
            new BigDecimal(px),
            null,
            null,
            null));
  }

  /** The venue was asked what it holds for the account. */
  Journal reconciled(String symbol, long netQty) {
    return next(
        new TapeEvent.ReconciliationCompleted(
            "sim", 7, 0, 0, List.of(new VenueReport.VenuePosition(symbol, netQty))));
  }

  /** Leaves a line out. */
  Journal missing() {
    seq++;
    return this;
  }

  Journal again(long seq, String symbol, Side side, long qty, String px) {
    var here = this.seq;
    this.seq = seq - 1;
    filled(symbol, side, qty, px);
    this.seq = here;
    return this;
  }

  Journal poison(String text) {
    press.printText(Topics.ORDER_EVENTS, account, text);
    return this;
  }

  private Journal next(TapeEvent event) {
    seq++;
    press.print(
        Topics.ORDER_EVENTS,
        account,
        new OrderEventRecord(account, seq, 1, Instant.now(), venueTime, event, null));
    return this;
  }
}
