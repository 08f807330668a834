package io.tapeline.positions.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Change;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Lot;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Quarantine;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables' rows as the domain means them, and back. */
final class FoldRows {
  private FoldRows() {}

  // named as the columns
  @SuppressWarnings("MemberName")
  record AccountColumns(
      String account_id,
      long previous,
      long seq,
      @Nullable String trading_day,
      @Nullable BigDecimal day_start_pnl,
      @Nullable Long quarantine_seq,
      @Nullable String quarantine_reason,
      @Nullable String quarantine_detail,
      @Nullable Instant quarantine_at) {}

  @SuppressWarnings("MemberName")
  record PositionColumns(
      String account_id,
      String symbol,
      BigDecimal tick_size,
      BigDecimal tick_value,
      String currency,
      long net_qty,
      long cash_ticks,
      long realized_ticks,
      BigDecimal fees,
      long fills,
      List<long[]> lots) {}

  @SuppressWarnings("MemberName")
  record FillColumns(
      String account_id,
      long seq,
      long place,
      String exec_id,
      String cl_ord_id,
      String symbol,
      String side,
      long last_qty,
      long px_ticks,
      @Nullable BigDecimal fee,
      Instant at,
      Instant venue_time) {}

  @SuppressWarnings("MemberName")
  record ReversalColumns(String account_id, long seq, String exec_id) {}

  static List<AccountColumns> accounts(List<Change> changes) {
    return changes.stream().map(FoldRows::account).toList();
  }

  private static AccountColumns account(Change change) {
    var after = change.after();
    var day = after.day();
    var quarantine = after.quarantine();
    return new AccountColumns(
        after.accountId().value(),
        change.before().fold().seq(),
        after.fold().seq(),
        day == null ? null : day.tradingDay().toString(),
        day == null ? null : day.netPnl(),
        quarantine == null ? null : quarantine.seq(),
        quarantine == null ? null : quarantine.reason(),
        quarantine == null ? null : quarantine.detail(),
        quarantine == null ? null : quarantine.at());
  }

  static List<PositionColumns> changedPositions(List<Change> changes) {
    return changes.stream()
        .flatMap(
            change ->
                change.after().fold().positions().values().stream()
                    .filter(position -> !position.equals(before(change, position)))
                    .map(position -> position(change.after().accountId(), position)))
        .toList();
  }

  private static @Nullable Position before(Change change, Position position) {
    return change.before().fold().positions().get(position.instrument().symbol());
  }

  private static PositionColumns position(AccountId accountId, Position position) {
    var instrument = position.instrument();
    return new PositionColumns(
        accountId.value(),
        instrument.symbol().value(),
        instrument.tickSize(),
        instrument.tickValue().amount(),
        instrument.tickValue().currency().getCurrencyCode(),
        position.netQty(),
        position.cashTicks(),
        position.realizedTicks(),
        position.fees(),
        position.fills(),
        position.lots().stream()
            .map(lot -> new long[] {lot.seq(), lot.signedQty(), lot.px().ticks()})
            .toList());
  }

  static List<FillColumns> fills(List<Change> changes) {
    return changes.stream()
        .flatMap(
            change ->
                change.fills().stream()
                    .map(
                        fill ->
                            new FillColumns(
                                change.after().accountId().value(),
                                fill.seq(),
                                fill.place(),
                                fill.execId().value(),
                                fill.clOrdId().value(),
                                fill.symbol().value(),
                                fill.side().name(),
                                fill.lastQty().lots(),
                                fill.lastPx().ticks(),
                                fill.fee(),
                                fill.at(),
                                fill.venueTime())))
        .toList();
  }

  static List<ReversalColumns> reversals(List<Change> changes) {
    return changes.stream()
        .flatMap(
            change ->
                change.reversals().stream()
                    .map(
                        reversal ->
                            new ReversalColumns(
                                change.after().accountId().value(),
                                reversal.seq(),
                                reversal.execId().value())))
        .toList();
  }

  static Fill fill(Row row) {
    return new Fill(
        row.getLong("seq"),
        row.getLong("place"),
        new ExecId(row.getString("exec_id")),
        new ClOrdId(row.getString("cl_ord_id")),
        new Symbol(row.getString("symbol")),
        Side.valueOf(row.getString("side")),
        new Qty(row.getLong("last_qty")),
        new Price(row.getLong("px_ticks")),
        row.getBigDecimal("fee"),
        row.getOffsetDateTime("at").toInstant(),
        row.getOffsetDateTime("venue_time").toInstant());
  }

  static AccountState state(Row row, SortedMap<Symbol, Position> positions) {
    var tradingDay = row.getLocalDate("trading_day");
    var quarantineSeq = row.getLong("quarantine_seq");
    return new AccountState(
        new AccountFold(new AccountId(row.getString("account_id")), row.getLong("seq"), positions),
        tradingDay == null ? null : new DayStart(tradingDay, row.getBigDecimal("day_start_pnl")),
        quarantineSeq == null
            ? null
            : new Quarantine(
                quarantineSeq,
                row.getString("quarantine_reason"),
                row.getString("quarantine_detail"),
                row.getOffsetDateTime("quarantine_at").toInstant()));
  }

  static Map<AccountId, SortedMap<Symbol, Position>> positions(RowSet<Row> rows) {
    var byAccount = new HashMap<AccountId, SortedMap<Symbol, Position>>();
    for (var row : rows) {
      var position = position(row);
      byAccount
          .computeIfAbsent(new AccountId(row.getString("account_id")), _ -> new TreeMap<>())
          .put(position.instrument().symbol(), position);
    }
    return byAccount;
  }

  private static Position position(Row row) {
    return new Position(
        new Instrument(
            new Symbol(row.getString("symbol")),
            row.getBigDecimal("tick_size"),
            new Money(
                row.getBigDecimal("tick_value"), Currency.getInstance(row.getString("currency")))),
        lots(row.getString("lots")),
        row.getLong("net_qty"),
        row.getLong("cash_ticks"),
        row.getLong("realized_ticks"),
        row.getBigDecimal("fees"),
        row.getLong("fills"));
  }

  private static List<Lot> lots(String json) {
    try {
      return Arrays.stream(Json.MAPPER.readValue(json, long[][].class))
          .map(lot -> new Lot(lot[0], lot[1], new Price(lot[2])))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lots that are no lots: " + json, e);
    }
  }
}
