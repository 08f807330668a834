package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.replay.domain.BrokenRecordingException;
import io.tapeline.market.replay.domain.Replay;
import io.tapeline.market.replay.domain.ReplayFacts;
import io.tapeline.market.replay.domain.ReplaySettings;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.market.venue.domain.ReplayState.Phase;
import io.tapeline.market.venue.domain.Speed;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Recordings played by a pacer. After a restart with the same recordings it decodes in silence to
 * where it was, taking the desk's requests again where they came, so that the same fills come out;
 * with others it begins a new life.
 */
public final class ReplayMarket implements PracticeMarket {
  private static final Logger LOG = Logger.getLogger(ReplayMarket.class);

  /** More trades than can be played between two writes of how many there were. */
  private static final long UNTOLD_TRADES = 1_000_000;

  private static final VenueState UP = VenueState.of(VenueState.Phase.UP);
  private static final BigDecimal AS_FAST_AS_IT_GOES = BigDecimal.valueOf(1_000_000);

  /** Steps between two looks at the clock and the inbox. */
  private static final int STEPS = 64;

  private final Playlist playlist;
  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final Function<Symbol, Optional<Instrument>> instruments;
  private final Consumer<ReplayFacts> atEnd;
  private final boolean keepGaps;
  private Pacer pacer;
  private boolean held;
  private boolean paused;
  private @Nullable Instant until;
  private @Nullable Replay replay;
  private @Nullable Wiring wiring;
  private volatile @Nullable NumberedPrints prints;
  private boolean ended;
  private volatile @Nullable String error;
  private volatile ReplayState shown;
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);
  private volatile VenueClock clock = new VenueClock(Instant.EPOCH, BigDecimal.ZERO);

  /**
   * A replay that is not open yet.
   *
   * @param instruments what is known of a contract
   * @param atEnd told once what was seen, when the recordings are over
   */
  public ReplayMarket(
      ReplayConfig config,
      Function<Symbol, Optional<Instrument>> instruments,
      Consumer<ReplayFacts> atEnd) {
    this.playlist = new Playlist(config.files().orElse(List.of()));
    this.from = config.from().orElse(null);
    this.to = config.to().orElse(null);
    this.instruments = instruments;
    this.atEnd = atEnd;
    this.keepGaps = config.keepGaps();
    this.pacer = new Pacer(Speed.parse(config.speed()), keepGaps);
    this.held = config.startHeld();
    this.shown = look(Phase.OPENING);
  }

  @Override
  public Opened open(PracticeMemory memory, ExchangeListener orders, MarketListener market) {
    try {
      return opened(memory, orders, market);
    } catch (BrokenRecordingException e) {
      error = e.getMessage();
      shown = look(Phase.FAILED);
      throw e;
    }
  }

  private Opened opened(PracticeMemory memory, ExchangeListener orders, MarketListener market) {
    playlist.describe();
    wiring = new Wiring(memory, orders, market);
    var last = memory.lastRun();
    boolean same = isOfThese(last);
    if (!same) {
      playlist.check();
      same = isOfThese(last);
    }
    for (var reason : playlist.setAside()) LOG.errorf("tapeline: set aside: %s", reason);
    var fingerprint = playlist.fingerprint(from, to);
    var run =
        same && last != null
            ? last
            : memory.newRun(fingerprint, last == null ? 0 : last.tradeHigh() + UNTOLD_TRADES);
    var opened = begin(run, RunName.parse(run.fingerprint()).seek(), same);
    if (held) pacer.stand(System.nanoTime());
    review(System.nanoTime());
    return opened;
  }

  private boolean isOfThese(PracticeMemory.@Nullable Run last) {
    return last != null
        && RunName.parse(last.fingerprint()).recordings().equals(playlist.fingerprint(from, to));
  }

  /** A life of the exchange: from its beginning, or taken up where it was. */
  private Opened begin(PracticeMemory.Run run, @Nullable Instant seek, boolean again) {
    var to = wired();
    var start = seek == null ? from : seek;
    var numbered = new NumberedPrints(to.market(), run.tradeBase(), run.tradeHigh());
    var tape =
        new Replay(
            playlist.open(),
            instruments,
            ReplaySettings.whole("R" + run.run()).between(start, this.to),
            numbered,
            to.orders());
    if (replay != null) replay.close();
    replay = tape;
    prints = numbered;
    if (tape.instruments().isEmpty() && tape.isOver())
      throw new BrokenRecordingException("there is nothing to play in " + playlist.names());
    numbered.begin(new Print.Playing(run.run(), start == null ? firstRecord(tape) : start));
    var inputs = again ? to.memory().inputs(run.run()) : List.<PracticeMemory.Input>of();
    if (again) tape.resume(RememberedInputs.again(inputs), run.position());
    else tape.start();
    return new Opened(
        run, inputs.size(), Leftovers.expired(wired().memory(), tape.exchange(), seek), List.of());
  }

  private static Instant firstRecord(Replay tape) {
    return tape.nextTime() == Replay.OVER ? Instant.EPOCH : instant(tape.nextTime());
  }

  /**
   * Winds the recordings to a moment, on or back: another life of the exchange begins, in which
   * what worked is over and trade numbers go on. A replay that stood stands there.
   *
   * @param moment whole seconds of it count, so that no bar is made of two playings of a second
   */
  Opened seek(Instant moment, @Nullable Double newSpeed) {
    var second = moment.truncatedTo(ChronoUnit.SECONDS);
    var name = new RunName(playlist.fingerprint(from, to), second).toString();
    boolean stood = paused || held;
    until = null;
    held = false;
    paused = stood;
    ended = false;
    error = null;
    pacer = new Pacer(newSpeed == null ? pacer.speed() : newSpeed, keepGaps);
    var opened = begin(wired().memory().newRun(name, tradeHigh()), second, false);
    if (stood) pacer.stand(System.nanoTime());
    review(System.nanoTime());
    return opened;
  }

  private Wiring wired() {
    var wired = wiring;
    if (wired == null) throw new IllegalStateException("the replay is not open");
    return wired;
  }

  /** Stops and groups are for others to emulate: a recording does not know of them. */
  @Override
  public VenueCapabilities capabilities() {
    return ReplayVenue.CAPABILITIES;
  }

  @Override
  public Exchange exchange() {
    return playing().exchange();
  }

  @Override
  public long play(long now, BooleanSupplier goesOn) {
    var tape = playing();
    long time = now;
    int steps = 0;
    while (goesOn.getAsBoolean()) {
      if (holds(tape)) hold(time);
      long due =
          tape.nextTime() == Replay.OVER ? Long.MAX_VALUE : pacer.untilDue(tape.nextTime(), time);
      if (due > 0) {
        review(time);
        return due;
      }
      pacer.played(tape.nextTime(), time);
      tape.advance();
      if (++steps % STEPS == 0) {
        time = System.nanoTime();
        review(time);
      }
    }
    review(time);
    return 0;
  }

  private boolean holds(Replay tape) {
    return !held
        && until != null
        && tape.nextTime() > nanos(until)
        && tape.nextTime() != Replay.OVER;
  }

  private void hold(long now) {
    held = true;
    pacer.stand(now);
    // Orders that come while it holds come at the moment it was asked to hold at.
    if (until != null) playing().passTimeTo(until);
  }

  @Override
  public Instant arrive(long now) {
    var tape = playing();
    if (!held && tape.nextTime() != Replay.OVER)
      tape.passTimeTo(instant(pacer.receivedNow(tape.nextTime(), now)));
    return tape.exchange().venueTime();
  }

  void pause() {
    paused = true;
    pacer.stand(System.nanoTime());
    review(System.nanoTime());
  }

  /**
   * Goes on.
   *
   * @param newSpeed null: as before
   * @param newUntil where to hold again; null: nowhere
   */
  void resume(@Nullable Double newSpeed, @Nullable Instant newUntil) {
    long now = System.nanoTime();
    var tape = playing();
    if (newSpeed != null) pacer.speed(newSpeed, tape.nextTime(), now);
    until = newUntil;
    paused = false;
    held = false;
    pacer.goOn(now);
    review(now);
  }

  /** Puts what others may see where they see it. */
  private void review(long now) {
    var tape = playing();
    boolean over = tape.nextTime() == Replay.OVER;
    boolean stands = paused || held || over;
    var venueTime =
        stands
            ? tape.exchange().venueTime()
            : instant(
                Math.max(
                    nanos(tape.exchange().venueTime()), pacer.receivedNow(tape.nextTime(), now)));
    clock = new VenueClock(venueTime, stands ? BigDecimal.ZERO : rate());
    var phase = over ? Phase.ENDED : paused ? Phase.PAUSED : held ? Phase.HELD : Phase.PLAYING;
    if (over && !ended) {
      ended = true;
      finish(tape);
    }
    if (error != null) phase = Phase.FAILED;
    if (shown.state() != phase) {
      shown = look(phase);
      state = phase == Phase.PLAYING ? UP : new VenueState(VenueState.Phase.STANDING, phase.name());
    }
  }

  private void finish(Replay tape) {
    var facts = tape.facts();
    if (!facts.problems().isEmpty()) error = String.join("; ", facts.problems());
    atEnd.accept(facts);
  }

  private BigDecimal rate() {
    return Double.isInfinite(pacer.speed())
        ? AS_FAST_AS_IT_GOES
        : BigDecimal.valueOf(pacer.speed());
  }

  /** What to show of the replay now; on the venue's thread. */
  ReplayState look() {
    var now = look(shown.state());
    shown = now;
    return now;
  }

  /** What was last seen of the replay, for any thread. */
  ReplayState shown() {
    return shown;
  }

  private ReplayState look(Phase phase) {
    var tape = replay;
    return new ReplayState(
        phase,
        tape == null ? 0 : tape.position(),
        tape == null ? null : clock.venueTime(),
        Speed.format(pacer.speed()),
        from,
        to,
        until,
        playlist.names(),
        playlist.setAside(),
        error,
        tape == null ? null : tape.facts());
  }

  /** The contracts that are played; after it opened. */
  List<Instrument> contracts() {
    return playing().instruments();
  }

  @Override
  public boolean playsAgain() {
    return true;
  }

  @Override
  public long position() {
    return playing().position();
  }

  @Override
  public long tradeHigh() {
    var numbered = prints;
    return numbered == null ? 0 : numbered.high();
  }

  @Override
  public Map<Symbol, Price> lastPrices() {
    return Map.of();
  }

  @Override
  public VenueClock clock(long now) {
    return clock;
  }

  @Override
  public VenueState state() {
    return state;
  }

  /** A recording takes orders at any of its times, before the open too; it knows no halts. */
  @Override
  public SessionState session(Symbol symbol) {
    return SessionState.OPEN;
  }

  @Override
  public void close() {
    if (replay != null) replay.close();
  }

  private Replay playing() {
    var tape = replay;
    if (tape == null) throw new IllegalStateException("the replay is not open");
    return tape;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  /** What the exchange is wired to, in every life of it. */
  private record Wiring(PracticeMemory memory, ExchangeListener orders, MarketListener market) {}
}
