package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.CancelOrder;
import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.exchange.domain.ReplaceOrder;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.replay.domain.BrokenRecordingException;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.PracticeMemory.Asked;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A practice exchange as a venue. One thread owns it and works in turns: play what is due of the
 * market, take what the desk sent, write all of that to memory in one commit, and only then report
 * it.
 */
public final class PracticeVenue implements Venue {
  private static final Logger LOG = Logger.getLogger(PracticeVenue.class);
  private static final int INBOX = 4096;
  private static final int TASKS_A_TURN = 256;
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long BEAT_EVERY = TimeUnit.MILLISECONDS.toNanos(400);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private final String name;
  private final PracticeMarket market;
  private final PracticeMemory memory;
  private final Notebook notebook;
  private final BackOffice backOffice;
  private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(INBOX);
  private final Thread thread;
  private volatile boolean closing;
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);

  // What follows belongs to the thread.
  private final List<ExchangeEvent> said = new ArrayList<>();
  private @Nullable VenueListener listener;
  private boolean awake;
  private long beatAt;

  /**
   * A venue that is not open yet.
   *
   * @param isOurs whether this process may still speak for the venue
   */
  PracticeVenue(String name, PracticeMarket market, PracticeMemory memory, BooleanSupplier isOurs) {
    this.name = name;
    this.market = market;
    this.memory = memory;
    this.notebook = new Notebook(market, memory, isOurs);
    this.backOffice = new BackOffice(memory);
    this.thread = Thread.ofPlatform().daemon().name("venue-" + name).unstarted(this::live);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public VenueCapabilities capabilities() {
    return market.capabilities();
  }

  @Override
  public VenueClock clock() {
    return market.clock(System.nanoTime());
  }

  @Override
  public VenueState state() {
    return state;
  }

  @Override
  public SessionState session(Symbol symbol) {
    return market.session(symbol);
  }

  @Override
  public void open(VenueListener newListener) {
    listener = newListener;
    thread.start();
  }

  @Override
  public boolean send(VenueRequest request) {
    return inbox.offer(() -> take(request));
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    inOrder(
        () ->
            answer.accept(
                market
                    .exchange()
                    .find(account, clOrdId)
                    .map(this::asReported)
                    .or(() -> memory.find(account, clOrdId))));
  }

  /** The exchange knows nothing of what a fill has realised. */
  private OrderState asReported(OrderState order) {
    if (order.fills().isEmpty()) return order;
    var kept = memory.find(order.order().account(), order.order().clOrdId());
    return kept.map(known -> order.with(known.fills())).orElse(order);
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    inOrder(
        () ->
            answer.accept(
                new VenueAccount(
                    account,
                    memory.executionsAfter(account, afterExecutionNo),
                    notebook.executionNo(),
                    market.exchange().openOrders(account),
                    memory.positions(account))));
  }

  @Override
  public void inOrder(Runnable task) {
    Runnable between =
        () -> {
          notebook.remember(said, false);
          tell();
          task.run();
        };
    try {
      while (!inbox.offer(between, 1, TimeUnit.SECONDS)) {
        if (!thread.isAlive()) throw new VenueLostException("venue " + name + " is down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueLostException("interrupted while asking venue " + name, e);
    }
  }

  @Override
  public void close() {
    closing = true;
    if (!thread.isAlive()) return;
    try {
      if (!thread.join(LONGEST_STOP)) thread.interrupt();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void live() {
    try (market) {
      wake();
      while (!closing) turn();
      finish();
      become(new VenueState(VenueState.Phase.DOWN, "closed"));
    } catch (BrokenRecordingException e) {
      LOG.errorf("tapeline: %s", e.getMessage());
      become(new VenueState(VenueState.Phase.BROKEN, e.getMessage()));
    } catch (VenueLostException e) {
      LOG.warnf("venue %s: %s", name, e.getMessage());
      become(new VenueState(VenueState.Phase.DOWN, e.getMessage()));
    } catch (InterruptedException _) {
      become(new VenueState(VenueState.Phase.DOWN, "interrupted"));
    } catch (RuntimeException e) {
      LOG.errorf(e, "venue %s failed", name);
      become(new VenueState(VenueState.Phase.DOWN, "it failed: " + e.getMessage()));
    }
  }

  private void wake() {
    notebook.open();
    var opened = market.open(memory, this::heard, watch());
    notebook.begin(opened);
    awake = true;
    said.addAll(opened.said());
    if (!opened.ended().isEmpty()) expire(opened.ended());
    become(market.state());
  }

  /** Another life of the exchange began, on our thread: what worked in the last one is over. */
  void goOnIn(PracticeMarket.Opened opened) {
    notebook.begin(opened);
    if (!opened.ended().isEmpty()) expire(opened.ended());
    tell();
  }

  private void turn() throws InterruptedException {
    long due = market.play(System.nanoTime(), () -> said.isEmpty() && inbox.isEmpty());
    var task =
        said.isEmpty() && due > 0
            ? inbox.poll(Math.min(due, LONGEST_WAIT), TimeUnit.NANOSECONDS)
            : inbox.poll();
    for (int taken = 0; task != null; task = ++taken < TASKS_A_TURN ? inbox.poll() : null)
      task.run();
    notebook.remember(said, false);
    tell();
    var now = market.state();
    if (!now.equals(state)) become(now);
    beat();
  }

  private void beat() {
    long now = System.nanoTime();
    var to = listener;
    if (to == null || now - beatAt < BEAT_EVERY) return;
    beatAt = now;
    to.beat();
  }

  private void finish() {
    for (var task = inbox.poll(); task != null; task = inbox.poll()) task.run();
    notebook.remember(said, true);
    tell();
  }

  private void take(VenueRequest request) {
    var at = market.arrive(System.nanoTime());
    switch (request) {
      case VenueRequest.Place(_, var order, _) -> {
        notebook.asked(at, new Asked.Place(order));
        notebook.placed(order.account(), order.clOrdId());
        market.exchange().place(order);
      }
      case VenueRequest.Replace(var id, var terms, _) -> {
        var replace = new ReplaceOrder(terms, id.requestNo());
        notebook.asked(at, new Asked.Replace(replace));
        market.exchange().replace(replace);
      }
      case VenueRequest.Cancel(var id) -> {
        var cancel = new CancelOrder(id.account(), id.clOrdId(), id.requestNo());
        notebook.asked(at, new Asked.Cancel(cancel));
        market.exchange().cancel(cancel);
      }
    }
  }

  /** While the exchange is brought to where it was, it says again what is remembered already. */
  private void heard(ExchangeEvent event) {
    if (awake) said.add(backOffice.reported(event, said));
  }

  private void tell() {
    if (said.isEmpty()) return;
    var to = listener;
    if (to != null) said.forEach(to::report);
    said.clear();
  }

  /** Orders whose exchange is gone: with another recording, or wound back. */
  private void expire(List<OrderState> ended) {
    notebook.rememberEnded(ended);
    for (var order : ended) {
      said.add(
          new ExchangeEvent.Expired(
              order.order().account(),
              order.order().clOrdId(),
              order.venueOrderId(),
              order.cumQty(),
              order.code() == null ? Leftovers.RECORDING_CHANGED : order.code(),
              order.venueTime()));
    }
  }

  private void become(VenueState newState) {
    state = newState;
    var to = listener;
    if (to != null) to.state(newState);
  }

  private MarketListener watch() {
    return new MarketListener() {
      @Override
      public void quote(Quote quote) {
        var to = listener;
        if (to != null) to.quote(quote);
      }

      @Override
      public void depth(Depth depth) {
        var to = listener;
        if (to != null) to.depth(depth);
      }

      @Override
      public void print(Print print) {
        var to = listener;
        if (to != null) to.print(print);
      }
    };
  }
}
