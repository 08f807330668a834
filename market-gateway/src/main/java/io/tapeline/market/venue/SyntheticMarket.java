package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.faults.domain.FaultyConduct;
import io.tapeline.market.sim.domain.Conduct;
import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.SimExchange;
import io.tapeline.market.sim.domain.SimMemory;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The synthetic market, moved on by the clock: its venue time is the time of day. */
public final class SyntheticMarket implements PracticeMarket {
  /**
   * At whole 25 ms: quotes go out at whole 50 ms, an order that arrives moves time itself, and
   * trades that are told together cost broker and readers no more than one. A part of a second.
   */
  private static final long STEP_MILLIS = 25;

  private static final VenueState UP = VenueState.of(VenueState.Phase.UP);

  private final List<Listing> listings;
  private final SimRules rules;
  private final long seed;
  private final InstantSource clock;
  private final Map<Symbol, Price> lastPrices = new HashMap<>();
  private volatile @Nullable SimExchange exchange;
  private volatile long tradeHigh;
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);

  /**
   * A market that is not open yet.
   *
   * @param clock its venue time, too
   */
  public SyntheticMarket(List<Listing> listings, SimRules rules, long seed, InstantSource clock) {
    this.listings = List.copyOf(listings);
    this.rules = rules;
    this.seed = seed;
    this.clock = clock;
  }

  @Override
  public Opened open(PracticeMemory memory, ExchangeListener orders, MarketListener market) {
    var start = clock.instant();
    // More trades than microseconds have passed there never were: numbers do not go back.
    long lastTradeId = ChronoUnit.MICROS.between(Instant.EPOCH, start);
    var run = memory.newRun("seed " + seed, lastTradeId);
    var prices = memory.lastPrices();
    var tapes = new HashMap<Symbol, SimMemory.Tape>();
    for (var listing : listings)
      tapes.put(
          listing.symbol(), new SimMemory.Tape(run.tradeBase(), prices.get(listing.symbol())));
    var remembered =
        new SimMemory(memory.numbers().orderNo(), memory.workingOrders(), Map.of(), tapes);
    var saidWhileOpening = new ArrayList<ExchangeEvent>();
    var opened =
        new SimExchange(
            listings,
            seed + run.run(),
            start,
            remembered,
            rules,
            event -> {
              if (state.isOpen()) orders.on(event);
              else saidWhileOpening.add(event);
            },
            new Watch(market));
    exchange = opened;
    state = UP;
    return new Opened(run, 0, List.of(), saidWhileOpening);
  }

  @Override
  public VenueCapabilities capabilities() {
    return capabilities(rules);
  }

  private static VenueCapabilities capabilities(SimRules rules) {
    return new VenueCapabilities(
        Set.of(OrdType.values()),
        Set.of(TimeInForce.values()),
        VenueCapabilities.Replace.IN_PLACE,
        true,
        rules.nativeOco(),
        rules.nativeBrackets(),
        VenueCapabilities.Trigger.LAST,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  @Override
  public Exchange exchange() {
    return playing();
  }

  /** What of a profile is the exchange's to do. */
  void behave(FaultProfile profile, Consumer<String> counted) {
    var open = playing();
    open.behave(profile.isProper() ? Conduct.PROPER : new FaultyConduct(profile, counted));
    for (var listing : listings) open.halt(listing.symbol(), profile.halted());
  }

  @Override
  public long play(long now, BooleanSupplier goesOn) {
    var time = clock.instant();
    playing().advanceTo(time);
    return TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS - time.toEpochMilli() % STEP_MILLIS);
  }

  @Override
  public Instant arrive(long now) {
    playing().advanceTo(clock.instant());
    return playing().venueTime();
  }

  @Override
  public boolean playsAgain() {
    return false;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  public long tradeHigh() {
    return tradeHigh;
  }

  @Override
  public Map<Symbol, Price> lastPrices() {
    var prices = Map.copyOf(lastPrices);
    lastPrices.clear();
    return prices;
  }

  @Override
  public VenueClock clock(long now) {
    return new VenueClock(clock.instant(), BigDecimal.ONE);
  }

  @Override
  public SessionState session(Symbol symbol) {
    var opened = exchange;
    return opened == null ? SessionState.CLOSED : opened.session(symbol);
  }

  @Override
  public VenueState state() {
    return state;
  }

  @Override
  public void close() {
    state = new VenueState(VenueState.Phase.DOWN, "closed");
  }

  private SimExchange playing() {
    var opened = exchange;
    if (opened == null) throw new IllegalStateException("the market is not open");
    return opened;
  }

  private final class Watch implements MarketListener {
    private final MarketListener to;

    Watch(MarketListener to) {
      this.to = to;
    }

    @Override
    public void quote(Quote quote) {
      to.quote(quote);
    }

    @Override
    public void depth(Depth depth) {
      to.depth(depth);
    }

    @Override
    public void print(Print print) {
      tradeHigh = Math.max(tradeHigh, print.tradeId());
      lastPrices.put(print.symbol(), print.px());
      to.print(print);
    }
  }
}
