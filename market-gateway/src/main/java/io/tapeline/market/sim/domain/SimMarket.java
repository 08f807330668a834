package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.sim.domain.OrderBook.Outcome;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One symbol: its book, the agents that trade in it, and what the public sees of both. An order
 * that takes from several orders at one price makes one print, and one execution of its own, per
 * price; those it took from have one each.
 */
final class SimMarket {
  /** Hears what happens to orders of the desk. */
  interface Desk {
    /** In the midst of matching: must not change the book. */
    void filled(DeskOrder order, long px, long lots, Instant at);

    /** A trailing stop followed the market. */
    void trailed(DeskOrder stop);

    /** Whether {@link #traded} has something to do. */
    boolean hasTraded();

    /** Trades are done, and the book may be changed: siblings of what was filled shrink. */
    void traded();

    /** A stop was reached and goes to the book. */
    void reached(DeskOrder stop);
  }

  static final long QUOTE_EVERY_MICROS = 50_000;
  static final long DEPTH_EVERY_MICROS = 200_000;

  private final Listing listing;
  private final Symbol symbol;
  private final MarketListener listener;
  private final Desk desk;
  private final OrderBook book = new OrderBook(this::traded);
  private final StopBook stops = new StopBook();
  private final ArrayDeque<DeskOrder> reached = new ArrayDeque<>();
  private final SyntheticMarket agents;
  private final Conflation quotes = new Conflation(QUOTE_EVERY_MICROS);
  private final Conflation depths = new Conflation(DEPTH_EVERY_MICROS);

  private long now;
  private Instant venueTime;
  private long venueTimeOf;
  private boolean changed;
  private boolean settling;
  private boolean closed;
  private boolean halted;
  private long stoodAt;
  private volatile SessionState session = SessionState.OPEN;
  private PriceBand band;
  private long takenPx;
  private long takenLots;
  private long tradeId;
  private @Nullable Price lastPx;
  private Qty lastQty = Qty.ZERO;
  private @Nullable Quote shownQuote;
  private @Nullable Depth shownDepth;

  SimMarket(
      Listing listing,
      SimMemory.Tape tape,
      long seed,
      long now,
      MarketListener listener,
      Desk desk) {
    this.listing = listing;
    symbol = listing.symbol();
    this.listener = listener;
    this.desk = desk;
    this.now = now;
    venueTime = VenueTime.instant(now);
    venueTimeOf = now;
    tradeId = tape.lastTradeId();
    lastPx = tape.lastPx();
    var startPx = tape.lastPx() == null ? listing.startPx() : tape.lastPx();
    band = PriceBand.around(startPx, listing.limitPercent());
    agents =
        new SyntheticMarket(
            listing.character(), book, this::enterOfAgent, startPx.ticks(), seed, now);
    agents.keepWithin(band);
  }

  /** When this market next has something to do or to say. */
  long nextAt() {
    long agent = stands() ? Long.MAX_VALUE : agents.nextAt();
    return Math.min(agent, Math.min(quotes.due(), depths.due()));
  }

  /** Does what is due: says what was held back before anybody acts at that time. */
  void run(long at) {
    setTime(at);
    boolean quoteDue = quotes.due() <= at;
    boolean depthDue = depths.due() <= at;
    if (quoteDue) showQuote();
    if (depthDue) showDepth();
    if (quoteDue || depthDue) return;
    agents.act();
    changed = true;
    show();
  }

  /** Nobody trades until it goes on. */
  void halt(boolean isHalted, Instant at) {
    stand(closed, isHalted, at);
  }

  /** The session is over. What stands on the book stays, for all to see. */
  void close(Instant at) {
    stand(true, halted, at);
  }

  /** As {@link #close}, of a market that begins out of its hours: there is a book to be seen. */
  void beginClosed(Instant at) {
    close(at);
    agents.quoteAll();
    show();
  }

  /** A session begins, its limits around what was traded last. */
  void open(Instant at) {
    if (lastPx != null) band = PriceBand.around(lastPx, listing.limitPercent());
    agents.keepWithin(band);
    stand(false, halted, at);
  }

  private void stand(boolean isClosed, boolean isHalted, Instant at) {
    boolean stood = stands();
    closed = isClosed;
    halted = isHalted;
    session = closed ? SessionState.CLOSED : halted ? SessionState.HALTED : SessionState.OPEN;
    long micros = VenueTime.micros(at);
    if (!stood && stands()) stoodAt = micros;
    if (stood && !stands()) agents.sleep(Math.max(0, micros - stoodAt));
  }

  private boolean stands() {
    return closed || halted;
  }

  /** Any thread may ask. */
  SessionState session() {
    return session;
  }

  TradingHours hours() {
    return listing.hours();
  }

  PriceBand band() {
    return band;
  }

  @Nullable Price lastPx() {
    return lastPx;
  }

  /** Lets a stop wait for its trigger; one that was reached already is so at once. */
  void await(DeskOrder stop) {
    if (lastPx != null && StopBook.isReached(stop, lastPx.ticks())) reached.add(stop);
    else stops.add(stop);
  }

  void forget(DeskOrder stop) {
    stops.remove(stop);
    reached.remove(stop);
  }

  /** What follows from trades, and then what the public sees of it all. */
  void settle() {
    drain();
    show();
  }

  private void drain() {
    if (settling) return;
    settling = true;
    desk.traded();
    for (var stop = reached.poll(); stop != null; stop = reached.poll()) {
      desk.reached(stop);
      desk.traded();
    }
    settling = false;
  }

  /** Lets time pass in which nobody trades. */
  void sleep(long micros) {
    if (stands()) return;
    agents.sleep(micros);
  }

  Outcome submit(DeskOrder.InBook order, long at) {
    setTime(at);
    order.limit = band.limit(order.side, order.limit);
    long before = order.leaves;
    var outcome = enter(order);
    agents.sawTaken(order.side, before - order.leaves);
    return outcome;
  }

  /** As {@link #submit}, but not shown before the agents are back as well. */
  Outcome comeBack(DeskOrder.InBook order) {
    return enter(order);
  }

  Outcome replace(DeskOrder.InBook order, long limit, long leaves, long at) {
    setTime(at);
    changed = true;
    var outcome = book.replace(order, limit, leaves);
    tellTaken(order);
    agents.sawTaken(order.side, leaves - order.leaves);
    return outcome;
  }

  void cancel(DeskOrder.InBook order, long at) {
    setTime(at);
    book.cancel(order);
    changed = true;
  }

  SimMemory.Tape tape() {
    return new SimMemory.Tape(tradeId, lastPx);
  }

  Quote quote() {
    var bid = book.best(Side.BUY);
    var ask = book.best(Side.SELL);
    return new Quote(
        symbol,
        bid == null ? null : new Price(bid.px),
        bid == null ? Qty.ZERO : new Qty(bid.lots),
        ask == null ? null : new Price(ask.px),
        ask == null ? Qty.ZERO : new Qty(ask.lots),
        lastPx,
        lastQty,
        venueTime());
  }

  Depth depth() {
    return new Depth(symbol, levels(Side.BUY), levels(Side.SELL), venueTime());
  }

  private List<Depth.Level> levels(Side side) {
    var ladder = book.side(side);
    var shown = new ArrayList<Depth.Level>(Depth.LEVELS);
    for (int rank = 0; rank < Math.min(Depth.LEVELS, ladder.size()); rank++) {
      var level = ladder.level(rank);
      shown.add(new Depth.Level(new Price(level.px), new Qty(level.lots), level.orders));
    }
    return shown;
  }

  private void enterOfAgent(BookOrder order) {
    var _ = enter(order);
    if (desk.hasTraded() || !reached.isEmpty()) drain();
  }

  private Outcome enter(BookOrder order) {
    changed = true;
    var outcome = book.submit(order);
    tellTaken(order);
    return outcome;
  }

  private void traded(BookOrder resting, BookOrder aggressor, long px, long lots) {
    if (px != takenPx) tellTaken(aggressor);
    takenPx = px;
    takenLots += lots;
    if (resting.owner == BookOrder.NOBODY && resting.leaves == 0) agents.done(resting);
    if (resting instanceof DeskOrder.InBook own) desk.filled(own.desk, px, lots, venueTime());
  }

  private void tellTaken(BookOrder aggressor) {
    if (takenLots == 0) return;
    lastPx = new Price(takenPx);
    lastQty = new Qty(takenLots);
    long lots = takenLots;
    takenLots = 0;
    listener.print(new Print(symbol, ++tradeId, lastPx, lastQty, aggressor.side, venueTime()));
    if (aggressor instanceof DeskOrder.InBook own) {
      desk.filled(own.desk, takenPx, lots, venueTime());
    }
    if (!stops.isEmpty()) reached.addAll(stops.traded(takenPx, desk::trailed));
  }

  private void show() {
    if (!changed) return;
    changed = false;
    if (quotes.isFree(now)) showQuote();
    else quotes.hold();
    if (depths.isFree(now)) showDepth();
    else depths.hold();
  }

  private void showQuote() {
    var quote = quote();
    if (isShown(quote)) {
      quotes.nothingNew();
      return;
    }
    shownQuote = quote;
    quotes.sent(now);
    listener.quote(quote);
  }

  private void showDepth() {
    var depth = depth();
    if (isShown(depth)) {
      depths.nothingNew();
      return;
    }
    shownDepth = depth;
    depths.sent(now);
    listener.depth(depth);
  }

  private boolean isShown(Depth depth) {
    return shownDepth != null
        && depth.bids().equals(shownDepth.bids())
        && depth.asks().equals(shownDepth.asks());
  }

  private boolean isShown(Quote quote) {
    return shownQuote != null && sameButTime(quote, shownQuote);
  }

  private static boolean sameButTime(Quote a, Quote b) {
    return a.equals(
        new Quote(
            b.symbol(),
            b.bidPx(),
            b.bidQty(),
            b.askPx(),
            b.askQty(),
            b.lastPx(),
            b.lastQty(),
            a.venueTime()));
  }

  private void setTime(long at) {
    now = at;
  }

  /** Made when it is wanted: most of what happens is not told. */
  private Instant venueTime() {
    if (venueTimeOf != now) {
      venueTimeOf = now;
      venueTime = VenueTime.instant(now);
    }
    return venueTime;
  }
}
