package io.tapeline.market.store;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.Protection;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.market.venue.domain.PracticeMemory.Asked;
import io.tapeline.market.venue.domain.PracticeMemory.Input;
import io.tapeline.market.venue.domain.PracticeMemory.Numbered;
import io.tapeline.market.venue.domain.PracticeMemory.Placed;
import io.tapeline.market.venue.domain.PracticeMemory.Run;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What a practice exchange remembers, as rows: written as JSON, many at once, and read back. */
final class PracticeRows {
  private PracticeRows() {}

  static JsonObject json(Placed placed) {
    var state = placed.state();
    return json(state.order())
        .put("order_no", placed.orderNo())
        .put("venue_order_id", state.venueOrderId().value())
        .put("triggered", state.triggered())
        .put("status", state.status().name())
        .put("cum_qty", state.cumQty().lots())
        .put("code", state.code())
        .put("text", state.text())
        .put("venue_time", state.venueTime().toString());
  }

  private static JsonObject json(NewOrder order) {
    return new JsonObject()
        .put("account_id", order.account().value())
        .put("cl_ord_id", order.clOrdId().value())
        .put("symbol", order.symbol().value())
        .put("side", order.side().name())
        .put("ord_type", order.ordType().name())
        .put("time_in_force", order.timeInForce().name())
        .put("order_qty", order.orderQty().lots())
        .put("price_ticks", ticks(order.price()))
        .put("stop_ticks", ticks(order.stopPx()))
        .put("trail", order.trail())
        .put("expire_at", order.expireAt() == null ? null : order.expireAt().toString())
        .put("oco_group", order.ocoGroup())
        .put("bracket", json(order.protection()));
  }

  private static @Nullable JsonObject json(@Nullable Protection protection) {
    return protection == null
        ? null
        : new JsonObject()
            .put("stop_loss", json(protection.stopLoss()))
            .put("take_profit", json(protection.takeProfit()));
  }

  private static @Nullable JsonObject json(Protection.@Nullable Leg leg) {
    return leg == null
        ? null
        : new JsonObject().put("cl_ord_id", leg.clOrdId().value()).put("ticks", leg.ticks());
  }

  private static @Nullable Protection protection(@Nullable JsonObject bracket) {
    return bracket == null
        ? null
        : new Protection(
            leg(bracket.getJsonObject("stop_loss")), leg(bracket.getJsonObject("take_profit")));
  }

  private static Protection.@Nullable Leg leg(@Nullable JsonObject leg) {
    return leg == null
        ? null
        : new Protection.Leg(new ClOrdId(leg.getString("cl_ord_id")), leg.getLong("ticks"));
  }

  static JsonObject json(Numbered numbered) {
    var execution = numbered.execution();
    var json =
        new JsonObject()
            .put("execution_no", numbered.executionNo())
            .put("account_id", execution.account().value())
            .put("cl_ord_id", execution.clOrdId().value())
            .put("exec_id", execution.execId().value())
            .put("venue_time", execution.venueTime().toString());
    return switch (execution) {
      case ExchangeEvent.Filled fill ->
          json.put("kind", "FILL")
              .put("venue_order_id", fill.venueOrderId().value())
              .put("symbol", fill.symbol().value())
              .put("side", fill.side().name())
              .put("last_qty", fill.lastQty().lots())
              .put("last_px_ticks", fill.lastPx().ticks())
              .put("cum_qty", fill.cumQty().lots())
              .put("leaves_qty", fill.leavesQty().lots())
              .put("realized_ticks", fill.realizedTicks());
      case ExchangeEvent.Busted busted ->
          json.put("kind", "BUST")
              .put("of_exec_id", busted.bustedExecId().value())
              .put("venue_order_id", busted.venueOrderId().value())
              .put("symbol", busted.symbol().value())
              .put("side", Side.BUY.name())
              .put("last_qty", 0)
              .put("last_px_ticks", 0)
              .put("cum_qty", 0)
              .put("leaves_qty", 0)
              .put("text", busted.text());
      case ExchangeEvent.Corrected corrected ->
          json.put("kind", "CORRECTION")
              .put("of_exec_id", corrected.correctedExecId().value())
              .put("venue_order_id", corrected.venueOrderId().value())
              .put("symbol", corrected.symbol().value())
              .put("side", corrected.side().name())
              .put("last_qty", corrected.lastQty().lots())
              .put("last_px_ticks", corrected.lastPx().ticks())
              .put("cum_qty", 0)
              .put("leaves_qty", 0)
              .put("realized_ticks", corrected.realizedTicks());
    };
  }

  static JsonObject json(Input input) {
    var json =
        new JsonObject()
            .put("input_no", input.inputNo())
            .put("position", input.position())
            .put("at_nanos", nanos(input.at()));
    return switch (input.asked()) {
      case Asked.Place(var order) -> asked(json, "PLACE", order, 1);
      case Asked.Replace(var replace) ->
          asked(json, "REPLACE", replace.terms(), replace.requestNo());
      case Asked.Cancel(var cancel) ->
          json.put("kind", "CANCEL")
              .put("account_id", cancel.account().value())
              .put("cl_ord_id", cancel.clOrdId().value())
              .put("request_no", cancel.requestNo());
    };
  }

  private static JsonObject asked(JsonObject json, String kind, NewOrder terms, long requestNo) {
    return json.put("kind", kind)
        .put("account_id", terms.account().value())
        .put("cl_ord_id", terms.clOrdId().value())
        .put("request_no", requestNo)
        .put("terms", json(terms));
  }

  static Run run(Row row) {
    return new Run(
        row.getLong("run"),
        row.getString("fingerprint"),
        row.getLong("position"),
        row.getLong("trade_base"),
        row.getLong("trade_high"));
  }

  static NewOrder terms(Row row) {
    return new NewOrder(
        new AccountId(row.getString("account_id")),
        new ClOrdId(row.getString("cl_ord_id")),
        new Symbol(row.getString("symbol")),
        Side.valueOf(row.getString("side")),
        OrdType.valueOf(row.getString("ord_type")),
        TimeInForce.valueOf(row.getString("time_in_force")),
        new Qty(row.getLong("order_qty")),
        price(row.getLong("price_ticks")),
        price(row.getLong("stop_ticks")),
        row.getLong("trail"),
        instant(row.getOffsetDateTime("expire_at")),
        row.getString("oco_group"),
        protection(row.getJsonObject("bracket")));
  }

  private static NewOrder terms(JsonObject json) {
    var expireAt = json.getString("expire_at");
    return new NewOrder(
        new AccountId(json.getString("account_id")),
        new ClOrdId(json.getString("cl_ord_id")),
        new Symbol(json.getString("symbol")),
        Side.valueOf(json.getString("side")),
        OrdType.valueOf(json.getString("ord_type")),
        TimeInForce.valueOf(json.getString("time_in_force")),
        new Qty(json.getLong("order_qty")),
        price(json.getLong("price_ticks")),
        price(json.getLong("stop_ticks")),
        json.getLong("trail"),
        expireAt == null ? null : OffsetDateTime.parse(expireAt).toInstant(),
        json.getString("oco_group"),
        protection(json.getJsonObject("bracket")));
  }

  static ExchangeEvent.Execution execution(Row row) {
    var account = new AccountId(row.getString("account_id"));
    var clOrdId = new ClOrdId(row.getString("cl_ord_id"));
    var venueOrderId = new OrderId(row.getString("venue_order_id"));
    var execId = new ExecId(row.getString("exec_id"));
    var symbol = new Symbol(row.getString("symbol"));
    var lastQty = new Qty(row.getLong("last_qty"));
    var lastPx = new Price(row.getLong("last_px_ticks"));
    var at = instant(row);
    return switch (row.getString("kind")) {
      case "BUST" ->
          new ExchangeEvent.Busted(
              account,
              clOrdId,
              venueOrderId,
              execId,
              new ExecId(row.getString("of_exec_id")),
              symbol,
              row.getString("text"),
              at);
      case "CORRECTION" ->
          new ExchangeEvent.Corrected(
              account,
              clOrdId,
              venueOrderId,
              execId,
              new ExecId(row.getString("of_exec_id")),
              symbol,
              Side.valueOf(row.getString("side")),
              lastQty,
              lastPx,
              at,
              row.getLong("realized_ticks"));
      default ->
          new ExchangeEvent.Filled(
              account,
              clOrdId,
              venueOrderId,
              execId,
              symbol,
              Side.valueOf(row.getString("side")),
              lastQty,
              lastPx,
              new Qty(row.getLong("cum_qty")),
              new Qty(row.getLong("leaves_qty")),
              at,
              row.getLong("realized_ticks"));
    };
  }

  static Input input(Row row) {
    return new Input(
        row.getLong("input_no"),
        row.getLong("position"),
        Instant.ofEpochSecond(0, row.getLong("at_nanos")),
        asked(row));
  }

  private static Asked asked(Row row) {
    long requestNo = row.getLong("request_no");
    return switch (row.getString("kind")) {
      case "PLACE" -> new Asked.Place(terms(row.getJsonObject("terms")));
      case "REPLACE" ->
          new Asked.Replace(new ReplaceOrder(terms(row.getJsonObject("terms")), requestNo));
      default ->
          new Asked.Cancel(
              new CancelOrder(
                  new AccountId(row.getString("account_id")),
                  new ClOrdId(row.getString("cl_ord_id")),
                  requestNo));
    };
  }

  /** Whole: the tape's own order hangs on it, and Postgres keeps microseconds. */
  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  static Instant instant(Row row) {
    return row.getOffsetDateTime("venue_time").toInstant();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }

  private static @Nullable Price price(@Nullable Long ticks) {
    return ticks == null ? null : new Price(ticks);
  }

  private static @Nullable Long ticks(@Nullable Price price) {
    return price == null ? null : price.ticks();
  }
}
