package io.tapeline.positions.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import io.tapeline.model.TradingState;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.BatchFold.Change;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Lot;
import io.tapeline.positions.domain.Permission;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Quarantine;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.domain.Tally;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The tables' rows as the domain means them, and back. */
final class FoldRows {
  private static final Logger LOG = Logger.getLogger(FoldRows.class);

  private FoldRows() {}

  // named as the columns
  @SuppressWarnings("MemberName")
  record AccountColumns(
      String account_id,
      long previous,
      long seq,
      String trading_state,
      String rule_state,
      @Nullable String orders,
      @Nullable String trading_day,
      @Nullable BigDecimal day_start_realized,
      @Nullable BigDecimal day_start_unrealized,
      @Nullable BigDecimal day_start_fees,
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
      List<long[]> lots,
      List<@Nullable Object> tally,
      @Nullable BigDecimal reported_pnl) {}

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
      Instant venue_time,
      @Nullable String strategy,
      @Nullable BigDecimal reported_pnl) {}

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
        after.fold().permission().desk().name(),
        after.fold().permission().rules().name(),
        after.orders().equals(change.before().orders())
            ? null
            : OrderText.of(after.orders().values()),
        day == null ? null : day.tradingDay().toString(),
        day == null ? null : day.realized(),
        day == null ? null : day.unrealized(),
        day == null ? null : day.fees(),
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

  static PositionColumns position(AccountId accountId, Position position) {
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
            .toList(),
        columns(position.tally()),
        position.reportedPnl());
  }

  private static List<@Nullable Object> columns(Tally tally) {
    return Arrays.asList(
        tally.trades(),
        tally.wins(),
        tally.losses(),
        tally.wonTicks(),
        tally.lostTicks(),
        tally.day(),
        tally.dayFills(),
        tally.dayTrades(),
        tally.dayWins(),
        tally.dayLosses());
  }

  private static Tally tally(String json) {
    var columns = read(json, JsonNode.class);
    return new Tally(
        columns.get(0).asLong(),
        columns.get(1).asLong(),
        columns.get(2).asLong(),
        columns.get(3).asLong(),
        columns.get(4).asLong(),
        columns.get(5).isNull() ? null : LocalDate.parse(columns.get(5).asText()),
        columns.get(6).asLong(),
        columns.get(7).asLong(),
        columns.get(8).asLong(),
        columns.get(9).asLong());
  }

  static String text(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a " + type.getSimpleName() + ": " + json, e);
    }
  }

  static List<FillColumns> fills(List<Change> changes) {
    return changes.stream()
        .flatMap(
            change -> change.fills().stream().map(fill -> fill(change.after().accountId(), fill)))
        .toList();
  }

  /** One array of each column, in the order of the columns. */
  @SuppressWarnings("NullAway") // it takes no array to hold nulls; the driver does
  static Tuple columns(List<FillColumns> fills) {
    int size = fills.size();
    var accountIds = new String[size];
    var seqs = new Long[size];
    var places = new Long[size];
    var execIds = new String[size];
    var clOrdIds = new String[size];
    var symbols = new String[size];
    var sides = new String[size];
    var lastQtys = new Long[size];
    var pxTicks = new Long[size];
    @Nullable String[] fees = new @Nullable String[size];
    var ats = new OffsetDateTime[size];
    var venueTimes = new OffsetDateTime[size];
    @Nullable String[] strategies = new @Nullable String[size];
    @Nullable String[] reported = new @Nullable String[size];
    int i = 0;
    for (var fill : fills) {
      accountIds[i] = fill.account_id();
      seqs[i] = fill.seq();
      places[i] = fill.place();
      execIds[i] = fill.exec_id();
      clOrdIds[i] = fill.cl_ord_id();
      symbols[i] = fill.symbol();
      sides[i] = fill.side();
      lastQtys[i] = fill.last_qty();
      pxTicks[i] = fill.px_ticks();
      fees[i] = plain(fill.fee());
      ats[i] = fill.at().atOffset(ZoneOffset.UTC);
      venueTimes[i] = fill.venue_time().atOffset(ZoneOffset.UTC);
      strategies[i] = fill.strategy();
      reported[i] = plain(fill.reported_pnl());
      i++;
    }
    return Tuple.from(
        Arrays.asList(
            accountIds,
            seqs,
            places,
            execIds,
            clOrdIds,
            symbols,
            sides,
            lastQtys,
            pxTicks,
            fees,
            ats,
            venueTimes,
            strategies,
            reported));
  }

  private static @Nullable String plain(@Nullable BigDecimal money) {
    return money == null ? null : money.toPlainString();
  }

  static FillColumns fill(AccountId accountId, Fill fill) {
    return new FillColumns(
        accountId.value(),
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
        fill.venueTime(),
        fill.strategy(),
        fill.reportedPnl());
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
        row.getOffsetDateTime("venue_time").toInstant(),
        row.getString("strategy"),
        row.getBigDecimal("reported_pnl"));
  }

  static AccountState state(Row row, SortedMap<Symbol, Position> positions) {
    var tradingDay = row.getLocalDate("trading_day");
    var quarantineSeq = row.getLong("quarantine_seq");
    var risk = row.getString("risk");
    return new AccountState(
        new AccountFold(
            new AccountId(row.getString("account_id")),
            row.getLong("seq"),
            positions,
            new Permission(
                TradingState.valueOf(row.getString("trading_state")),
                TradingState.valueOf(row.getString("rule_state")))),
        OrderText.read(row.getString("orders")),
        tradingDay == null
            ? null
            : new DayStart(
                tradingDay,
                row.getBigDecimal("day_start_realized"),
                row.getBigDecimal("day_start_unrealized"),
                row.getBigDecimal("day_start_fees")),
        risk == null ? RiskState.NONE : read(risk, RiskState.class),
        quarantineSeq == null
            ? null
            : new Quarantine(
                quarantineSeq,
                row.getString("quarantine_reason"),
                row.getString("quarantine_detail"),
                row.getOffsetDateTime("quarantine_at").toInstant()));
  }

  /**
   * @param open the fills that opened lots, by account and place
   */
  static Map<AccountId, SortedMap<Symbol, Position>> positions(
      RowSet<Row> rows, Map<AccountId, Map<Long, Fill>> open) {
    var byAccount = new HashMap<AccountId, SortedMap<Symbol, Position>>();
    for (var row : rows) {
      var accountId = new AccountId(row.getString("account_id"));
      var position = position(row, open.getOrDefault(accountId, Map.of()));
      byAccount
          .computeIfAbsent(accountId, _ -> new TreeMap<>())
          .put(position.instrument().symbol(), position);
    }
    return byAccount;
  }

  static Map<AccountId, Map<Long, Fill>> byPlace(RowSet<Row> rows) {
    var fills = new HashMap<AccountId, Map<Long, Fill>>();
    for (var row : rows) {
      var fill = fill(row);
      fills
          .computeIfAbsent(new AccountId(row.getString("account_id")), _ -> new HashMap<>())
          .put(fill.place(), fill);
    }
    return fills;
  }

  private static Position position(Row row, Map<Long, Fill> open) {
    return new Position(
        new Instrument(
            new Symbol(row.getString("symbol")),
            row.getBigDecimal("tick_size"),
            new Money(
                row.getBigDecimal("tick_value"), Currency.getInstance(row.getString("currency")))),
        lots(
            new Symbol(row.getString("symbol")),
            Arrays.stream(read(row.getString("lots"), long[][].class)),
            open),
        row.getLong("net_qty"),
        row.getLong("cash_ticks"),
        row.getLong("realized_ticks"),
        row.getBigDecimal("fees"),
        row.getLong("fills"),
        tally(row.getString("tally")),
        row.getBigDecimal("reported_pnl"));
  }

  static Position position(PositionColumns columns, Map<Long, Fill> open) {
    var symbol = new Symbol(columns.symbol());
    return new Position(
        new Instrument(
            symbol,
            columns.tick_size(),
            new Money(columns.tick_value(), Currency.getInstance(columns.currency()))),
        lots(symbol, columns.lots().stream(), open),
        columns.net_qty(),
        columns.cash_ticks(),
        columns.realized_ticks(),
        columns.fees(),
        columns.fills(),
        tally(text(columns.tally())),
        columns.reported_pnl());
  }

  private static List<Lot> lots(Symbol symbol, Stream<long[]> lots, Map<Long, Fill> open) {
    return lots.map(
            lot -> {
              var fill = open.get(lot[0]);
              return new Lot(fill == null ? gone(symbol, lot) : fill, lot[1]);
            })
        .toList();
  }

  /**
   * A lot whose fill is no more in its table: the numbers still stand, and verify says what is
   * missing. Somebody has changed the table by hand.
   */
  private static Fill gone(Symbol symbol, long[] lot) {
    LOG.errorf("the fill at place %d of %s is gone from its table", lot[0], symbol);
    return new Fill(
        lot[0],
        lot[0],
        new ExecId("gone-" + lot[0]),
        new ClOrdId("gone"),
        symbol,
        lot[1] > 0 ? Side.BUY : Side.SELL,
        new Qty(Math.abs(lot[1])),
        new Price(lot[2]),
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null);
  }
}
