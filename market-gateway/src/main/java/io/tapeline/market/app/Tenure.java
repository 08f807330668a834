package io.tapeline.market.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.NoticeRow;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.intake.domain.IntakeDecider;
import io.tapeline.market.intake.domain.IntakeDecision;
import io.tapeline.market.store.IntakeStore;
import io.tapeline.market.store.Leases;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.service.Hop;
import io.tapeline.service.Traces;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One holding of a venue's lease: opens the venue, tells its account of itself, then follows the
 * journal and sends. Ends with the lease; whoever holds it next starts from what is in the tables.
 */
final class Tenure implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Tenure.class);
  private static final Duration REOPEN_AT_MOST_EVERY = Duration.ofSeconds(30);
  private static final long SESSIONS_AN_EPOCH = 1_000;

  private final Leases.Held lease;
  private final Venue venue;
  private final Set<AccountId> accounts;
  private final IntakeStore store;
  private final Tape tape;
  private final MarketBoard board;
  private final InstantSource clock;
  private final Runnable publishInstruments;
  private final InFlight inFlight = new InFlight();
  private final Outcomes outcomes;
  private final Reports reports;
  private final Sender sender;
  private final Doubts doubts;
  private final Statuses statuses;
  private final Counter intents;
  private final Operation intent;
  private final Map<AccountId, Long> reconciledTo = new ConcurrentHashMap<>();

  // The reader's.
  private final Map<AccountId, Long> consumed = new HashMap<>();
  private final Set<AccountId> quarantined = new HashSet<>();

  private List<IntakeStore.Request> unfinished = List.of();
  private long sessions;
  private boolean inSession;
  private Instant reopenedAt = Instant.EPOCH;
  private volatile boolean reconciled;
  private volatile boolean lost;
  private volatile boolean closed;
  private volatile Tape.@Nullable Reading reading;
  private volatile boolean askedForReading;

  Tenure(
      Leases.Held lease,
      Venue venue,
      Set<AccountId> accounts,
      IntakeStore store,
      Tape tape,
      Instruments instruments,
      MarketBoard board,
      InstantSource clock,
      MeterRegistry meters,
      Timing timing,
      Traces traces,
      Runnable publishInstruments) {
    this.lease = lease;
    this.venue = venue;
    this.accounts = new TreeSet<>(accounts);
    this.store = store;
    this.tape = tape;
    this.board = board;
    this.clock = clock;
    this.publishInstruments = publishInstruments;
    outcomes = new Outcomes(store);
    reports =
        new Reports(tape, instruments, inFlight, outcomes, clock, venue, meters, timing, traces);
    sender = new Sender(venue, inFlight, reports, outcomes, clock, this::maySend);
    doubts = new Doubts(store, venue, sender, inFlight, reports, clock, this::reopen);
    statuses = new Statuses(tape, venue, instruments, board, clock);
    intents = meters.counter("tapeline.venue.intents");
    intent = Hop.CLICK_INTENT.in(timing);
  }

  /** Loads what is known and opens the venue; the rest follows on its own threads. */
  void begin() {
    consumed.putAll(store.consumed(venue.name(), accounts));
    for (var one : store.quarantined(venue.name())) {
      quarantined.add(one.account());
      var _ = tape.notice(notice(one.account(), one.seq(), one.reason(), one.since()));
    }
    unfinished = store.openIntents(venue.name());
    for (var account : accounts)
      reconciledTo.put(account, store.reconciledExecution(venue.name(), account));
    publishInstruments.run();
    venue.open(new Listener());
  }

  Venue venue() {
    return venue;
  }

  /** Whether the lease holds and nothing failed; else somebody has to start over. */
  boolean isOver() {
    var down = venue.state().phase() == VenueState.Phase.DOWN;
    var reader = reading;
    return lost || down || !lease.isGood() || (reader != null && !reader.isRunning());
  }

  boolean isReconciled() {
    return reconciled;
  }

  boolean isReading() {
    var reader = reading;
    return reader != null && reader.isRunning();
  }

  long lag() {
    var reader = reading;
    return reader == null ? 0 : reader.lag();
  }

  private boolean maySend() {
    return !lost && !closed && lease.isGood() && venue.state().isOpen();
  }

  /** What is done several times a second, beside all streams. */
  void keepHouse() {
    if (askedForReading && reading == null && !closed) startReading();
    statuses.say(reconciled);
    outcomes.write();
    var longest = venue.capabilities().ack();
    for (var late : inFlight.overdue(System.nanoTime() - longest.toNanos()))
      reports.inDoubt(
          late.id(), late.kind(), "no answer from the venue within " + longest.toSeconds() + " s");
    if (venue.state().isOpen() && reconciled) doubts.ask();
  }

  void refreshMarket() {
    if (venue.state().isOpen()) venue.inOrder(board::refresh);
  }

  /**
   * Ends in order: takes nothing more in, finishes what was taken, says so, and gives the lease
   * back.
   */
  @Override
  public void close() {
    var reader = reading;
    if (reader != null) reader.close();
    sender.close();
    closed = true;
    venue.close();
    if (lease.isGood()) statuses.sayDown("the gateway stopped");
    tape.flush();
    outcomes.write();
    lease.release();
  }

  private void reopen() {
    var now = clock.instant();
    if (reopenedAt.plus(REOPEN_AT_MOST_EVERY).isAfter(now)) return;
    reopenedAt = now;
    openSession();
  }

  /** On the venue's thread: what it says next is said in the new session. */
  private void openSession() {
    reconciled = false;
    long number = lease.term().epoch() * SESSIONS_AN_EPOCH + ++sessions;
    reports.openSession(number, clock.instant());
    for (var request : unfinished) {
      if (request.wasToBeSent())
        reports.inDoubt(
            request.id(), request.kind(), "the gateway stopped while it was being sent");
      else reports.notSent(request.id(), request.kind(), request.decision());
    }
    unfinished = List.of();
    for (var account : accounts)
      venue.account(account, reconciledTo.getOrDefault(account, 0L), this::reconcile);
    venue.inOrder(
        () -> {
          reconciled = true;
          askedForReading = true;
          LOG.infof("venue %s is reconciled, session %d", venue.name(), number);
        });
  }

  /** What was on its way may or may not have arrived. */
  private void loseSession() {
    inSession = false;
    reconciled = false;
    for (var sent : inFlight.overdue(System.nanoTime()))
      reports.inDoubt(sent.id(), sent.kind(), "the venue's session was lost");
  }

  private void reconcile(VenueAccount account) {
    var _ =
        reports
            .reconcile(account)
            .thenRun(
                () -> {
                  reconciledTo.put(account.account(), account.executionNo());
                  Thread.ofVirtual().start(() -> mark(account));
                });
  }

  private void mark(VenueAccount account) {
    try {
      store.markReconciled(venue.name(), account.account(), account.executionNo());
    } catch (RuntimeException e) {
      LOG.warnf("the next reconciliation of %s says more than it must: %s", account.account(), e);
    }
  }

  private void startReading() {
    sender.start();
    reading = tape.readJournal("market-gateway." + venue.name(), accounts, this::read);
  }

  /** One batch of the journal: one decision, one transaction, and then what follows from it. */
  private void read(Tape.Batch batch) {
    var decision = commit(batch);
    batch.askedAt().ifPresent(asked -> Hop.took(intent, asked, clock.instant()));
    for (var parked : decision.parked()) batch.park(parked.index(), parked.reason());
    for (var one : decision.quarantines()) {
      LOG.errorf("account %s is quarantined: %s", one.account(), one.reason());
      var _ = tape.notice(notice(one.account(), one.seq(), one.reason(), clock.instant()));
    }
    decision.progress().forEach((account, progress) -> consumed.put(account, progress.to()));
    decision.quarantines().forEach(one -> quarantined.add(one.account()));
    if (!decision.doubts().isEmpty() || (!decision.settled().isEmpty() && doubts.size() > 0))
      doubts.changed();
    try {
      for (var intent : decision.intents()) act(intent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueLostException("interrupted while sending", e);
    }
  }

  private void act(IntakeDecision.Intent intent) throws InterruptedException {
    intents.increment();
    switch (intent) {
      case IntakeDecision.Intent.Send(var request) -> sender.take(request);
      case IntakeDecision.Intent.Withhold(var id, var kind, var reason) ->
          reports.notSent(id, kind, reason);
    }
  }

  /** Waits for the database as long as the lease is ours: nothing is lost, only late. */
  private IntakeDecision commit(Tape.Batch batch) {
    for (long pause = 50; ; pause = Math.min(1_000, pause * 2)) {
      var now = clock.instant();
      var decision = IntakeDecider.decide(consumed, quarantined, batch.lines(), now);
      try {
        store.commit(lease.term(), decision, now);
        return decision;
      } catch (VenueLostException e) {
        lease.lose();
        throw e;
      } catch (IntakeStore.StaleReaderException e) {
        // Our own commit, perhaps, whose answer was lost: its intents are then asked about, not
        // sent.
        throw new VenueLostException("the journal was read by somebody else", e);
      } catch (RuntimeException e) {
        if (!lease.isGood() || closed)
          throw new VenueLostException("intents cannot be committed, and the lease ran out", e);
        LOG.warnf("intents cannot be committed now: %s", e.getMessage());
        pause(pause);
      }
    }
  }

  private NoticeRow notice(AccountId account, long seq, String reason, Instant at) {
    return new NoticeRow(
        "quarantine:market-gateway:" + account + ":" + seq,
        account.value(),
        "CRITICAL",
        "ACCOUNT_QUARANTINED",
        "market-gateway cannot follow the orders of " + account + ": " + reason,
        Map.of("service", "market-gateway", "seq", Long.toString(seq)),
        at);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueLostException("interrupted", e);
    }
  }

  private final class Listener implements VenueListener {
    @Override
    public void report(ExchangeEvent event) {
      reports.tell(event);
    }

    @Override
    public void state(VenueState state) {
      if (state.isOpen() && !inSession) {
        inSession = true;
        openSession();
      }
      if (state.phase() == VenueState.Phase.DISCONNECTED) loseSession();
      if (state.phase() == VenueState.Phase.DOWN && !closed) lost = true;
    }

    @Override
    public void quote(Quote quote) {
      board.quote(quote);
    }

    @Override
    public void depth(Depth depth) {
      board.depth(depth);
    }

    @Override
    public void print(Print print) {
      board.print(print);
    }

    @Override
    public void beat() {
      board.beat();
    }
  }
}
