package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.faults.domain.BookFault;
import io.tapeline.market.faults.domain.FaultDice;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.venue.domain.Faulty;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A venue behind a bad line: what it hears and says is delayed, lost, doubled and overtaken as a
 * profile says. Behind the line the venue itself is right, and what it is asked it answers rightly:
 * that is the way out of every doubt. What the exchange itself does wrong is passed on to it.
 */
public final class FaultyVenue implements Venue, Faulty {
  private final Venue venue;
  private final Consumer<FaultProfile> exchange;
  private final Consumer<String> counted;

  /** What is still to be said when it is closed is never said. */
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("faults").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile FaultProfile profile;
  private volatile FaultDice dice;
  private volatile boolean disconnected;
  private volatile boolean losing;

  // The venue's thread's.
  private final Line line = new Line();
  private @Nullable VenueListener listener;

  /**
   * A venue that is not open yet.
   *
   * @param exchange told how the exchange itself is to behave
   * @param counted told every fault that happened, by name
   */
  public FaultyVenue(
      Venue venue,
      FaultProfile profile,
      Consumer<FaultProfile> exchange,
      Consumer<String> counted) {
    this.venue = venue;
    this.exchange = exchange;
    this.counted = counted;
    this.profile = profile;
    this.dice = new FaultDice(profile.seed());
  }

  @Override
  public FaultProfile faults() {
    return profile;
  }

  @Override
  public void misbehave(FaultProfile newProfile) {
    profile = newProfile;
    dice = new FaultDice(newProfile.seed());
    exchange.accept(newProfile);
  }

  @Override
  public void disconnect(Duration time, boolean losingEvents) {
    counted.accept("disconnect");
    venue.inOrder(
        () -> {
          losing = losingEvents;
          disconnected = true;
          if (losingEvents) line.clear();
          tellState();
        });
    var _ =
        timer.schedule(() -> venue.inOrder(this::reconnect), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void reconnect() {
    if (!disconnected) return;
    disconnected = false;
    line.flush(this::say);
    tellState();
  }

  private void tellState() {
    var to = listener;
    if (to != null) to.state(state());
  }

  @Override
  public void open(VenueListener to) {
    listener = to;
    exchange.accept(profile);
    venue.open(new OverTheLine(to));
  }

  @Override
  public boolean send(VenueRequest request) {
    if (disconnected) return false;
    boolean isLost =
        dice.happens(
            profile.lostRequest(),
            "request",
            request.account(),
            request.clOrdId(),
            request.id().requestNo());
    if (!isLost) return venue.send(request);
    counted.accept("lost-request");
    return true;
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    if (!disconnected) venue.find(account, clOrdId, answer);
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    if (!disconnected) venue.account(account, afterExecutionNo, answer);
  }

  @Override
  public void inOrder(Runnable task) {
    venue.inOrder(task);
  }

  @Override
  public VenueClock clock() {
    var clock = venue.clock();
    return new VenueClock(clock.venueTime().plus(profile.clockSkew()), clock.rate());
  }

  @Override
  public VenueState state() {
    var state = venue.state();
    return disconnected && state.isOpen()
        ? new VenueState(VenueState.Phase.DISCONNECTED, "the session was lost, for practice")
        : state;
  }

  @Override
  public SessionState session(Symbol symbol) {
    return venue.session(symbol);
  }

  @Override
  public String name() {
    return venue.name();
  }

  @Override
  public VenueCapabilities capabilities() {
    return venue.capabilities();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : venue.facet(type);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    venue.close();
  }

  private void report(ExchangeEvent event) {
    var faults = profile;
    if (disconnected) {
      if (losing) counted.accept("lost-event");
      else line.add(event, Long.MAX_VALUE);
      return;
    }
    if (isAnswer(event) && dice.happens(faults.lostAck(), "ack", event.toString())) {
      counted.accept("lost-ack");
      return;
    }
    say(event, faults);
    if (dice.happens(faults.duplicate(), "twice", event.toString())) {
      counted.accept("duplicate");
      say(event, faults);
    }
  }

  /** What a request gets; a fill is no answer, money that moved is never lost on the way. */
  private static boolean isAnswer(ExchangeEvent event) {
    return switch (event) {
      case ExchangeEvent.Accepted _,
          ExchangeEvent.Rejected _,
          ExchangeEvent.Replaced _,
          ExchangeEvent.ReplaceRejected _,
          ExchangeEvent.Canceled _,
          ExchangeEvent.CancelRejected _ ->
          true;
      case ExchangeEvent.Filled _,
          ExchangeEvent.Busted _,
          ExchangeEvent.Corrected _,
          ExchangeEvent.Expired _,
          ExchangeEvent.Triggered _ ->
          false;
    };
  }

  private void say(ExchangeEvent event, FaultProfile faults) {
    long delay = faults.ackDelay().toNanos();
    long jitter = faults.jitter().toMillis();
    if (jitter > 0)
      delay +=
          TimeUnit.MILLISECONDS.toNanos(dice.below((int) jitter + 1, "jitter", event.toString()));
    long overtaken = overtaken(event, faults);
    if (delay == 0 && overtaken == 0 && line.isEmpty()) {
      say(event);
      return;
    }
    long now = System.nanoTime();
    long due = overtaken > 0 ? now + delay + overtaken : line.inTurn(event.account(), now + delay);
    line.add(event, due);
    var _ =
        timer.schedule(() -> venue.inOrder(this::sayWhatIsDue), due - now, TimeUnit.NANOSECONDS);
  }

  private long overtaken(ExchangeEvent event, FaultProfile faults) {
    boolean late =
        event instanceof ExchangeEvent.Filled
            && dice.happens(faults.lateFill(), "late", event.toString());
    boolean overtaken = dice.happens(faults.outOfOrder(), "overtaken", event.toString());
    if (late) counted.accept("late-fill");
    if (overtaken) counted.accept("out-of-order");
    return late || overtaken
        ? TimeUnit.MILLISECONDS.toNanos(100 + dice.below(200, "by", event.toString()))
        : 0;
  }

  private void sayWhatIsDue() {
    if (!disconnected) line.due(System.nanoTime(), this::say);
  }

  private void say(ExchangeEvent event) {
    var to = listener;
    if (to != null) to.report(SkewedReports.skewed(event, profile.clockSkew()));
  }

  /** What the venue says, before it is heard. */
  private final class OverTheLine implements VenueListener {
    private final VenueListener to;

    OverTheLine(VenueListener to) {
      this.to = to;
    }

    @Override
    public void report(ExchangeEvent event) {
      FaultyVenue.this.report(event);
    }

    @Override
    public void state(VenueState state) {
      to.state(FaultyVenue.this.state());
    }

    @Override
    public void quote(Quote quote) {
      if (isSilent()) {
        counted.accept("mute-quote");
        return;
      }
      if (profile.book() != BookFault.NONE) counted.accept("wrong-quote");
      to.quote(Shown.wrong(quote, profile));
    }

    @Override
    public void depth(Depth depth) {
      if (!isSilent()) to.depth(Shown.wrong(depth, profile));
    }

    @Override
    public void print(Print print) {
      if (!isSilent()) to.print(Shown.late(print, profile.clockSkew()));
    }

    @Override
    public void beat() {
      if (!isSilent()) to.beat();
    }

    private boolean isSilent() {
      return disconnected || profile.muteFeed();
    }
  }
}
