package io.tapeline.market.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.store.AlertStore;
import io.tapeline.market.store.BarStore;
import io.tapeline.market.store.IntakeStore;
import io.tapeline.market.store.Leases;
import io.tapeline.market.store.PracticeRetention;
import io.tapeline.market.store.Transactions;
import io.tapeline.market.venue.FaultsConfig;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.SimConfig;
import io.tapeline.market.venue.domain.Faulty;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.service.ApiCalls;
import io.tapeline.service.TapelineConfig;
import io.tapeline.service.Traces;
import io.tapeline.timing.Timing;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lease of the configured venue, or waits for it, and while it holds it lets a {@link
 * Tenure} work. One thread does this and the housekeeping.
 */
@ApplicationScoped
public class Gateway {
  private static final Logger LOG = Logger.getLogger(Gateway.class);
  private static final long TICK_MILLIS = 100;
  private static final Duration RENEW_EVERY = Duration.ofMillis(1_500);
  private static final Duration REFRESH_EVERY = Duration.ofSeconds(10);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  /** As long as reports are on their topic; nobody asks about what is older. */
  private static final int PRACTICE_DAYS = 30;

  private static final Duration STOP = Duration.ofSeconds(20);

  /** What a release waits for: the venue is closed first, in order. */
  private static final Duration RELEASED_WITHIN = Duration.ofSeconds(30);

  /** A person's wish that an account be followed again. */
  private record Release(AccountId account, CompletableFuture<Boolean> done) {}

  private final String venueName;
  private final Set<AccountId> accounts;
  private final Leases leases;
  private final IntakeStore store;
  private final Tape tape;
  private final Prints prints;
  private final PracticeRetention practice;
  private final BarStore bars;
  private final BarsConfig barRetention;
  private final AlertStore alertStore;
  private final UnusableRecords unusable;
  private final MeterRegistry meters;
  private final Timing timing;
  private final Traces traces;
  private final InstantSource clock;
  private final Venues venues;
  private final Instruments instruments;
  private final MarketBoard board;
  private final String holder =
      ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
  private final Thread thread = Thread.ofPlatform().daemon().name("gateway").unstarted(this::work);
  private volatile boolean stopping;
  private final ConcurrentLinkedQueue<Release> releases = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Tenure tenure;
  private volatile @Nullable BarKeeper barKeeper;
  private volatile @Nullable AlertWatch alertWatch;
  private Leases.@Nullable Held lease;
  private long renewedAt;
  private long refreshedAt;
  private long forgotAt = System.nanoTime();

  @Inject
  Gateway(
      TapelineConfig config,
      ReplayConfig replay,
      SimConfig sim,
      FaultsConfig faults,
      Transactions transactions,
      Leases leases,
      IntakeStore store,
      Tape tape,
      Prints prints,
      PracticeRetention practice,
      BarStore bars,
      BarsConfig barRetention,
      AlertStore alertStore,
      InstantSource clock,
      MeterRegistry meters,
      Timing timing,
      ApiCalls calls,
      Traces traces) {
    venueName = config.venue();
    accounts =
        config.accounts().entrySet().stream()
            .filter(account -> account.getValue().venue().equals(venueName))
            .map(account -> new AccountId(account.getKey()))
            .collect(Collectors.toUnmodifiableSet());
    this.leases = leases;
    this.store = store;
    this.tape = tape;
    this.prints = prints;
    this.practice = practice;
    this.bars = bars;
    this.barRetention = barRetention;
    this.alertStore = alertStore;
    this.clock = clock;
    this.meters = meters;
    this.timing = timing;
    this.traces = traces;
    unusable = new UnusableRecords(meters);
    venues = new Venues(replay, sim, faults, transactions, clock, meters, calls);
    instruments =
        new Instruments(
            CatalogueReader.packaged(),
            venueName,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    venues.list(venueName, instruments);
    board = new MarketBoard(tape, instruments, clock, meters, timing);
    meters.gauge("tapeline.intake.lag", this, Gateway::lag);
  }

  void start(@Observes StartupEvent event) {
    LOG.infof("venue %s for accounts %s", venueName, accounts);
    thread.start();
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public String venueName() {
    return venueName;
  }

  public List<InstrumentRow> instruments() {
    return instruments.rows();
  }

  public List<QuoteRow> quotes(List<Symbol> symbols) {
    return board.quotes(symbols);
  }

  /** The player, where the venue is one and this gateway holds it. */
  public Optional<Player> replay() {
    var now = tenure;
    return now == null ? Optional.empty() : now.venue().facet(Player.class);
  }

  /** What makes the venue misbehave, where this gateway holds it. */
  public Optional<Faulty> faulty() {
    var now = tenure;
    return now == null ? Optional.empty() : now.venue().facet(Faulty.class);
  }

  /** The accounts whose journal cannot be followed. */
  public List<QuarantinedAccount> quarantined() {
    return store.quarantined(venueName).stream()
        .map(
            one ->
                new QuarantinedAccount(one.account().value(), one.seq(), one.reason(), one.since()))
        .toList();
  }

  /**
   * Follows an account again, from the next line of its journal on. What was asked in the lines
   * that were parked is not sent; the venue's session begins anew, so that it is reconciled.
   *
   * @return whether the account was quarantined
   */
  public boolean release(AccountId account) {
    if (quarantined().stream().noneMatch(one -> one.accountId().equals(account.value())))
      return false;
    var release = new Release(account, new CompletableFuture<>());
    releases.add(release);
    return release.done().orTimeout(RELEASED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Nobody reads the journal meanwhile: who still did would park what is to be followed. */
  private void release() {
    for (var asked = releases.poll(); asked != null; asked = releases.poll()) {
      try {
        boolean wasQuarantined = store.release(venueName, asked.account());
        if (wasQuarantined) LOG.warnf("account %s is followed again", asked.account());
        asked.done().complete(wasQuarantined);
      } catch (RuntimeException e) {
        asked.done().completeExceptionally(e);
      }
    }
  }

  /** The alerts of users, where this gateway holds the venue. */
  public Optional<AlertWatch> alerts() {
    return Optional.ofNullable(alertWatch);
  }

  /** Bars as they are in the table and beyond it. */
  public BarHistory barHistory() {
    var keeper = barKeeper;
    var now = tenure;
    var shownUpTo = isReplay() && now != null ? now.venue().clock().venueTime() : null;
    return new BarHistory(
        bars,
        venueName,
        symbol -> instruments.session(symbol),
        keeper == null ? _ -> List.of() : keeper::live,
        shownUpTo);
  }

  /**
   * Holds the bars of a contract against the tape.
   *
   * @return empty where the contract's root is not known
   */
  public Optional<Record> checkBars(Symbol symbol) {
    return instruments
        .session(symbol)
        .map(session -> BarCheck.check(bars, prints, venueName, symbol.value(), session));
  }

  public boolean isReplay() {
    return venueName.equals(Venues.REPLAY);
  }

  /** Whether this gateway speaks to the venue; else another one does, or none yet. */
  public boolean holdsLease() {
    return tenure != null;
  }

  public VenueState venueState() {
    var now = tenure;
    return now == null
        ? new VenueState(VenueState.Phase.DOWN, "another gateway holds the venue, or none yet")
        : now.venue().state();
  }

  public boolean isReconciled() {
    var now = tenure;
    return now != null && now.isReconciled();
  }

  public boolean isReading() {
    var now = tenure;
    return now != null && now.isReading();
  }

  private long lag() {
    var now = tenure;
    return now == null ? 0 : now.lag();
  }

  private void work() {
    while (!stopping) {
      try {
        tick();
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException _) {
        break;
      } catch (RuntimeException e) {
        LOG.warnf(e, "venue %s: trying again", venueName);
        rest();
      }
    }
    // Ending waits for the database and Kafka: it must not be interrupted by what made us end.
    var _ = Thread.interrupted();
    end();
  }

  private void tick() {
    var now = tenure;
    if (now == null) {
      release();
      take();
    } else if (now.isOver() || !releases.isEmpty()) {
      LOG.warnf("venue %s: starting over", venueName);
      end();
      release();
      rest();
    } else {
      keep(now);
    }
  }

  private void take() {
    var held = leases.tryTake(venueName, holder);
    if (held.isEmpty()) {
      rest();
      return;
    }
    renewedAt = System.nanoTime();
    lease = held.get();
    LOG.infof("venue %s: lease taken, epoch %d", venueName, held.get().term().epoch());
    try {
      tenure = begin(held.get());
    } catch (RuntimeException e) {
      held.get().release();
      throw e;
    }
  }

  private Tenure begin(Leases.Held held) {
    var begun =
        new Tenure(
            held,
            venues.make(venueName, held, instruments),
            accounts,
            store,
            tape,
            instruments,
            board,
            clock,
            meters,
            timing,
            traces,
            () -> instruments.rows().forEach(tape::instrument));
    begun.begin();
    var watch = new AlertWatch(held.term(), alertStore, tape, instruments, board, clock, meters);
    var keeper =
        new BarKeeper(
            held.term(),
            bars,
            prints,
            tape,
            instruments,
            () -> begun.venue().clock().venueTime(),
            () -> begun.venue().state(),
            board::printed,
            watch,
            meters);
    keeper.start();
    barKeeper = keeper;
    alertWatch = watch;
    return begun;
  }

  private void keep(Tenure now) {
    long time = System.nanoTime();
    var held = lease;
    if (held != null && time - renewedAt > RENEW_EVERY.toNanos()) {
      renewedAt = time;
      held.renew();
    }
    now.keepHouse();
    if (time - refreshedAt > REFRESH_EVERY.toNanos()) {
      refreshedAt = time;
      now.refreshMarket();
      countUnusable();
    }
    roll();
    if (time - forgotAt > FORGET_EVERY.toNanos()) {
      forgotAt = time;
      store.forgetOld();
      practice.forgetOld(venueName, PRACTICE_DAYS);
      bars.forgetOld(barRetention.fineDays(), barRetention.days());
      alertStore.forgetOld();
    }
  }

  private void countUnusable() {
    replay()
        .ifPresent(
            player -> {
              var _ =
                  player
                      .look()
                      .thenAccept(
                          state -> {
                            if (state.facts() != null) unusable.note(state.facts());
                            unusable.setAside(state.setAside().size());
                          });
            });
  }

  /**
   * A new day: its contracts are told. A practice exchange lists what it trades when it opens, so
   * it opens anew where that changed; its memory outlives that.
   */
  private void roll() {
    var roll = instruments.roll(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    if (roll.isNothing()) return;
    LOG.infof("a new day: front contracts %s, expired %s", roll.fronts(), roll.expired());
    roll.expired().forEach(tape::expired);
    instruments.rows().forEach(tape::instrument);
    if (venueName.equals(Venues.SIM)) end();
  }

  private void end() {
    var ending = tenure;
    tenure = null;
    var keeper = barKeeper;
    barKeeper = null;
    alertWatch = null;
    if (keeper != null) keeper.close();
    if (ending != null) ending.close();
  }

  private void rest() {
    try {
      Thread.sleep(TICK_MILLIS * 3);
    } catch (InterruptedException _) {
      stopping = true;
    }
  }
}
