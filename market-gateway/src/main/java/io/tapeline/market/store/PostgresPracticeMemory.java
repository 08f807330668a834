package io.tapeline.market.store;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.store.Transactions.Statement;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A practice exchange's memory in schema {@code venue_sim}; every write proves the lease. */
public final class PostgresPracticeMemory implements PracticeMemory {
  private static final String LAST_RUN =
      "select run, fingerprint, position, trade_base, trade_high from venue_sim.run where venue = $1 order by run desc limit 1";
  private static final String NEW_RUN =
      """
      insert into venue_sim.run (venue, run, fingerprint, position, trade_base, trade_high, at)
      select $1, coalesce(max(run) filter (where venue = $1), 0) + 1, $2, 0,
             greatest(coalesce(max(trade_high), 0), $3), greatest(coalesce(max(trade_high), 0), $3), now()
        from venue_sim.run
      returning run, fingerprint, position, trade_base, trade_high""";
  private static final String ORDER_COLUMNS =
      """
      select account_id, cl_ord_id, venue_order_id, symbol, side, ord_type, time_in_force, order_qty, price_ticks,
             stop_ticks, trail, expire_at, oco_group, bracket, triggered, status, cum_qty, code, text, venue_time
        from venue_sim.practice_order""";
  private static final String WORKING =
      ORDER_COLUMNS
          + " where venue = $1 and status in ('NEW', 'PARTIALLY_FILLED') order by order_no";
  private static final String FIND =
      ORDER_COLUMNS + " where venue = $1 and account_id = $2 and cl_ord_id = $3";
  private static final String EXECUTION_COLUMNS =
      """
      select account_id, cl_ord_id, venue_order_id, exec_id, symbol, side, last_qty, last_px_ticks, cum_qty,
             leaves_qty, venue_time, kind, of_exec_id, text, realized_ticks
        from venue_sim.execution""";
  private static final String FILLS =
      EXECUTION_COLUMNS
          + " where venue = $1 and account_id = $2 and cl_ord_id = $3 and kind <> 'BUST' and not voided order by execution_no";
  private static final String EXECUTIONS =
      EXECUTION_COLUMNS
          + " where venue = $1 and account_id = $2 and execution_no > $3 order by execution_no";
  private static final String NUMBERS =
      """
      select coalesce((select max(order_no) from venue_sim.practice_order where venue = $1), 0),
             coalesce((select max(execution_no) from venue_sim.execution where venue = $1), 0)""";
  private static final String POSITIONS =
      """
      select symbol, sum(net)::bigint as net
        from (select symbol, case side when 'BUY' then last_qty else -last_qty end as net
                from venue_sim.execution
               where venue = $1 and account_id = $2 and kind <> 'BUST' and not voided
              union all
              select symbol, net from venue_sim.held where venue = $1 and account_id = $2) as one
       group by symbol having sum(net) <> 0""";

  /**
   * Those that stand, of one contract, since the account was last flat in it; a correction where
   * its fill was.
   */
  private static final String OPENED =
      """
      with held as (
        select coalesce(sum(net), 0)::bigint as net from venue_sim.held where venue = $1 and account_id = $2 and symbol = $3),
      placed as (
        select e.*, coalesce((select o.execution_no from venue_sim.execution o
                               where o.venue = $1 and o.exec_id = e.of_exec_id), e.execution_no) as place
          from venue_sim.execution e
         where e.venue = $1 and e.account_id = $2 and e.symbol = $3 and e.kind <> 'BUST' and not e.voided),
      standing as (
        select placed.*, (select net from held)
               + sum(case side when 'BUY' then last_qty else -last_qty end) over (order by place) as net_after
          from placed),
      flat as (select max(place) as place from standing where net_after = 0)
      select account_id, cl_ord_id, venue_order_id, exec_id, symbol, side, last_qty, last_px_ticks, cum_qty,
             leaves_qty, venue_time, kind, of_exec_id, text, realized_ticks,
             case when (select place from flat) is null then (select net from held) else 0 end as held_before
        from standing
       where place > coalesce((select place from flat), -1) order by place""";

  private static final String INPUTS =
      """
      select i.input_no, i.position, i.at_nanos, i.kind, i.account_id, i.cl_ord_id, i.request_no,
             coalesce(i.terms, to_jsonb(o)) as terms
        from venue_sim.tape_input i
        left join venue_sim.practice_order o using (venue, account_id, cl_ord_id)
       where i.venue = $1 and i.run = $2 order by i.input_no""";
  private static final String MOVE =
      """
      update venue_sim.run set position = greatest(position, $3), trade_high = greatest(trade_high, $4), at = now()
       where venue = $1 and run = $2""";
  private static final String WRITE_ORDERS =
      """
      insert into venue_sim.practice_order as o
        (venue, run, account_id, cl_ord_id, order_no, venue_order_id, symbol, side, ord_type, time_in_force,
         order_qty, price_ticks, stop_ticks, trail, expire_at, oco_group, bracket, triggered, status, cum_qty, code,
         text, venue_time)
      select $1, $2, e.* from jsonb_to_recordset($3::jsonb) as e(
         account_id text, cl_ord_id text, order_no bigint, venue_order_id text, symbol text, side text,
         ord_type text, time_in_force text, order_qty bigint, price_ticks bigint, stop_ticks bigint,
         trail bigint, expire_at timestamptz, oco_group text, bracket jsonb, triggered boolean, status text, cum_qty bigint, code text, text text, venue_time timestamptz)
      on conflict (venue, account_id, cl_ord_id) do update
         set status = excluded.status, cum_qty = excluded.cum_qty, code = excluded.code, text = excluded.text,
             order_qty = excluded.order_qty, price_ticks = excluded.price_ticks, stop_ticks = excluded.stop_ticks,
             trail = excluded.trail, triggered = excluded.triggered, venue_time = excluded.venue_time, at = now()""";
  private static final String WRITE_EXECUTIONS =
      """
      insert into venue_sim.execution
        (venue, execution_no, account_id, cl_ord_id, venue_order_id, exec_id, symbol, side, last_qty,
         last_px_ticks, cum_qty, leaves_qty, venue_time, kind, of_exec_id, text, realized_ticks)
      select $1, e.* from jsonb_to_recordset($2::jsonb) as e(
         execution_no bigint, account_id text, cl_ord_id text, venue_order_id text, exec_id text, symbol text,
         side text, last_qty bigint, last_px_ticks bigint, cum_qty bigint, leaves_qty bigint,
         venue_time timestamptz, kind text, of_exec_id text, text text, realized_ticks bigint)
      on conflict (venue, exec_id) do nothing""";
  private static final String VOID =
      """
      update venue_sim.execution set voided = true
       where venue = $1
         and exec_id in (select e ->> 'of_exec_id' from jsonb_array_elements($2::jsonb) as e)""";
  private static final String WRITE_INPUTS =
      """
      insert into venue_sim.tape_input (venue, run, input_no, position, at_nanos, kind, account_id, cl_ord_id, request_no, terms)
      select $1, $2, e.* from jsonb_to_recordset($3::jsonb) as e(
         input_no bigint, position bigint, at_nanos bigint, kind text, account_id text, cl_ord_id text,
         request_no bigint, terms jsonb)
      on conflict do nothing""";

  /** What was asked in an earlier life is never asked again. */
  private static final String FORGET_INPUTS =
      "delete from venue_sim.tape_input where venue = $1 and run < $2";

  private static final String LAST_PRICES =
      "select symbol, px_ticks from venue_sim.last_price where venue = $1";
  private static final String WRITE_LAST_PRICES =
      """
      insert into venue_sim.last_price (venue, symbol, px_ticks)
      select $1, e.* from jsonb_to_recordset($2::jsonb) as e(symbol text, px_ticks bigint)
      on conflict (venue, symbol) do update set px_ticks = excluded.px_ticks""";

  private final Transactions transactions;
  private final LeaseTerm term;

  public PostgresPracticeMemory(Transactions transactions, LeaseTerm term) {
    this.transactions = transactions;
    this.term = term;
  }

  @Override
  public @Nullable Run lastRun() {
    var rows = transactions.query(LAST_RUN, Tuple.of(term.venue()));
    return rows.size() == 0 ? null : PracticeRows.run(rows.iterator().next());
  }

  @Override
  public Run newRun(String fingerprint, long atLeastTradeBase) {
    return transactions.runFenced(
        term,
        tx ->
            tx.preparedQuery(NEW_RUN)
                .execute(Tuple.of(term.venue(), fingerprint, atLeastTradeBase))
                .map(rows -> PracticeRows.run(rows.iterator().next()))
                .call(
                    run ->
                        tx.preparedQuery(FORGET_INPUTS)
                            .execute(Tuple.of(term.venue(), run.run()))));
  }

  @Override
  public List<OrderState> workingOrders() {
    return list(transactions.query(WORKING, Tuple.of(term.venue())), this::order);
  }

  @Override
  public Optional<OrderState> find(AccountId account, ClOrdId clOrdId) {
    var rows = transactions.query(FIND, Tuple.of(term.venue(), account.value(), clOrdId.value()));
    return list(rows, this::order).stream().findFirst();
  }

  @Override
  public List<ExchangeEvent.Execution> executionsAfter(AccountId account, long executionNo) {
    return list(
        transactions.query(EXECUTIONS, Tuple.of(term.venue(), account.value(), executionNo)),
        PracticeRows::execution);
  }

  @Override
  public Numbers numbers() {
    var row = transactions.query(NUMBERS, Tuple.of(term.venue())).iterator().next();
    return new Numbers(row.getLong(0), row.getLong(1));
  }

  @Override
  public Map<Symbol, Long> positions(AccountId account) {
    var positions = new HashMap<Symbol, Long>();
    for (var row : transactions.query(POSITIONS, Tuple.of(term.venue(), account.value())))
      positions.put(new Symbol(row.getString(0)), row.getLong(1));
    return positions;
  }

  @Override
  public Opened opened(AccountId account, Symbol symbol) {
    var rows = transactions.query(OPENED, Tuple.of(term.venue(), account.value(), symbol.value()));
    if (rows.size() > 0)
      return new Opened(
          rows.iterator().next().getLong("held_before"), list(rows, PracticeRows::execution));
    return new Opened(positions(account).getOrDefault(symbol, 0L), List.of());
  }

  @Override
  public Map<Symbol, Price> lastPrices() {
    var prices = new HashMap<Symbol, Price>();
    for (var row : transactions.query(LAST_PRICES, Tuple.of(term.venue())))
      prices.put(new Symbol(row.getString(0)), new Price(row.getLong(1)));
    return prices;
  }

  @Override
  public List<Input> inputs(long run) {
    return list(transactions.query(INPUTS, Tuple.of(term.venue(), run)), PracticeRows::input);
  }

  @Override
  public void write(Changes changes) {
    var venue = term.venue();
    var statements = new ArrayList<Statement>();
    statements.add(
        new Statement(
            MOVE, Tuple.of(venue, changes.run(), changes.position(), changes.tradeHigh())));
    add(
        statements,
        WRITE_ORDERS,
        Tuple.of(venue, changes.run()),
        changes.orders().stream().map(PracticeRows::json).toList());
    add(
        statements,
        WRITE_EXECUTIONS,
        Tuple.of(venue),
        changes.executions().stream().map(PracticeRows::json).toList());
    add(
        statements,
        VOID,
        Tuple.of(venue),
        changes.executions().stream()
            .filter(one -> !(one.execution() instanceof ExchangeEvent.Filled))
            .map(PracticeRows::json)
            .toList());
    add(
        statements,
        WRITE_INPUTS,
        Tuple.of(venue, changes.run()),
        changes.inputs().stream().map(PracticeRows::json).toList());
    add(
        statements,
        WRITE_LAST_PRICES,
        Tuple.of(venue),
        changes.lastPrices().entrySet().stream()
            .map(
                price ->
                    new JsonObject()
                        .put("symbol", price.getKey().value())
                        .put("px_ticks", price.getValue().ticks()))
            .toList());
    transactions.runFenced(term, statements, _ -> {});
  }

  private static void add(
      List<Statement> statements, String sql, Tuple parameters, List<JsonObject> rows) {
    if (!rows.isEmpty())
      statements.add(new Statement(sql, parameters.addValue(new JsonArray(rows))));
  }

  private OrderState order(Row row) {
    var terms = PracticeRows.terms(row);
    var cumQty = new Qty(row.getLong("cum_qty"));
    return new OrderState(
        terms,
        row.getBoolean("triggered"),
        new OrderId(row.getString("venue_order_id")),
        OrdStatus.valueOf(row.getString("status")),
        cumQty,
        cumQty.isZero() ? List.of() : fills(terms.account(), terms.clOrdId()),
        row.getString("code"),
        row.getString("text"),
        PracticeRows.instant(row));
  }

  private List<ExchangeEvent.Filled> fills(AccountId account, ClOrdId clOrdId) {
    return list(
            transactions.query(FILLS, Tuple.of(term.venue(), account.value(), clOrdId.value())),
            PracticeRows::execution)
        .stream()
        .flatMap(PostgresPracticeMemory::standing)
        .toList();
  }

  /** A correction stands where the fill stood that it corrected. */
  private static Stream<ExchangeEvent.Filled> standing(ExchangeEvent.Execution execution) {
    return switch (execution) {
      case ExchangeEvent.Filled fill -> Stream.of(fill);
      case ExchangeEvent.Busted _ -> Stream.empty();
      case ExchangeEvent.Corrected it ->
          Stream.of(
              new ExchangeEvent.Filled(
                  it.account(),
                  it.clOrdId(),
                  it.venueOrderId(),
                  it.execId(),
                  it.symbol(),
                  it.side(),
                  it.lastQty(),
                  it.lastPx(),
                  it.lastQty(),
                  Qty.ZERO,
                  it.venueTime(),
                  it.realizedTicks()));
    };
  }

  private static <T> List<T> list(Iterable<Row> rows, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
  }
}
