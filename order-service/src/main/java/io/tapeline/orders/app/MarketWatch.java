package io.tapeline.orders.app;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.TradePrint;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.FollowUps;
import io.tapeline.orders.domain.MarketDecider;
import io.tapeline.orders.domain.MarketDecider.Touch;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.TriggerRules;
import io.tapeline.orders.domain.VenueCapabilities.TriggerOn;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the market and the clock for what is kept here, and tells the account's desk when there
 * is something to decide. Decides nothing itself: what it misses, forgets or says twice changes
 * nothing that is journaled.
 */
@ApplicationScoped
public class MarketWatch {
  /** A trailing stop that moves is written down so often at most; it is checked at every trade. */
  private static final Duration MOVES_EVERY = Duration.ofMillis(100);

  private static final Duration TICK = Duration.ofMillis(500);

  private final AccountDesks desks;
  private final Surroundings surroundings;
  private final Vertx vertx;
  private final InstantSource clock = InstantSource.system();
  private final Map<AccountId, Watched> watched = new ConcurrentHashMap<>();

  /** What is remembered of one account and symbol; confined to the thread that reads the market. */
  private static final class Watched {
    final Map<ClOrdId, Price> best = new HashMap<>();
    Instant told = Instant.EPOCH;

    /** The seq of the account at which {@link #symbols} were looked up. */
    long asOf = -1;

    Set<Symbol> symbols = Set.of();

    /** An account changes more rarely than the market: it is looked through once per change. */
    Set<Symbol> symbols(AccountState state) {
      if (asOf != state.seq()) {
        asOf = state.seq();
        symbols = MarketDecider.watchedSymbols(state);
      }
      return symbols;
    }
  }

  @Inject
  MarketWatch(AccountDesks desks, Surroundings surroundings, Vertx vertx) {
    this.desks = desks;
    this.surroundings = surroundings;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(TICK.toMillis(), _ -> tick());
  }

  /** Whether anything is kept here that a price can reach. */
  public boolean isAwaited() {
    for (var desk : desks.owned())
      if (!watched(desk).symbols(desk.committed()).isEmpty()) return true;
    return false;
  }

  /** A trade; one that was taken back, or belongs to nobody's venue, reaches nothing. */
  public void traded(TradePrint print) {
    if (print.qty() == 0) return;
    for (var desk : awaiting(print.symbol())) {
      if (print.venue() != null && !print.venue().equals(surroundings.venue(desk.id()))) continue;
      if (surroundings.triggerOn(desk.id()) != TriggerOn.BID_ASK)
        touched(desk, print.symbol(), print.px(), print.px());
    }
  }

  /** Where the venue says so, its best bid and ask reach stops instead. */
  public void quoted(QuoteRow quote) {
    if (quote.bidPx() == null || quote.askPx() == null) return;
    for (var desk : awaiting(quote.symbol())) {
      if (surroundings.triggerOn(desk.id()) == TriggerOn.BID_ASK)
        touched(desk, quote.symbol(), quote.askPx(), quote.bidPx());
    }
  }

  /** The desks that keep something which prices of this symbol can reach: seldom one. */
  private List<AccountDesk> awaiting(String name) {
    var symbol = new Symbol(name);
    var found = new ArrayList<AccountDesk>(0);
    for (var desk : desks.owned())
      if (watched(desk).symbols(desk.committed()).contains(symbol)) found.add(desk);
    return found;
  }

  private Watched watched(AccountDesk desk) {
    return watched.computeIfAbsent(desk.id(), _ -> new Watched());
  }

  private void touched(AccountDesk desk, String name, BigDecimal forBuys, BigDecimal forSells) {
    var state = desk.committed();
    var symbol = new Symbol(name);
    var instrument = state.instruments().get(symbol);
    if (instrument == null) return;
    var seen = watched(desk);
    var touch =
        new Touch(
            symbol,
            // between two ticks a stop is reached when the price is past it
            instrument.priceAtOrBelow(forBuys),
            instrument.priceAtOrAbove(forSells),
            best(
                state,
                symbol,
                seen,
                instrument.priceAtOrBelow(forBuys),
                instrument.priceAtOrAbove(forSells)));
    var now = clock.instant();
    switch (MarketDecider.concern(state, touch)) {
      case NOTHING -> {}
      case MOVES -> {
        if (now.isBefore(seen.told.plus(MOVES_EVERY))) return;
        seen.told = now;
        tell(desk, new OrderCommand.MarketTouched(touch));
      }
      case REACHED -> tell(desk, new OrderCommand.MarketTouched(touch));
    }
  }

  /** The best prices that the orders which trail have seen, those that are gone left out. */
  private static Map<ClOrdId, Price> best(
      AccountState state, Symbol symbol, Watched seen, Price forBuys, Price forSells) {
    seen.best.keySet().removeIf(id -> !state.live().contains(id));
    var here = new HashMap<ClOrdId, Price>();
    for (var live : MarketDecider.watched(state, symbol)) {
      if (live.terms().trail() == null) continue;
      var side = live.terms().side();
      var px = side == io.tapeline.model.Side.BUY ? forBuys : forSells;
      var best = TriggerRules.best(side, seen.best.get(live.clOrdId()), px);
      seen.best.put(live.clOrdId(), best);
      here.put(live.clOrdId(), best);
    }
    return here;
  }

  /** Time passes: processes go on, refused requests are tried again, orders come of age. */
  private void tick() {
    for (var desk : desks.owned()) {
      var state = desk.committed();
      if (!MarketDecider.waits(state)) continue;
      var now = surroundings.circumstances(desk.id(), clock.instant(), false, _ -> false);
      if (MarketDecider.isDue(state, now) || !FollowUps.of(state, now).isEmpty())
        tell(desk, new OrderCommand.TimePassed());
    }
  }

  private static void tell(AccountDesk desk, OrderCommand command) {
    @Nullable Instant venueTime = null;
    var _ = desk.ask(new Asked(command, null, "", venueTime));
  }
}
