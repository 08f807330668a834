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
import io.tapeline.market.venue.domain.PracticeMemory.Changes;
import io.tapeline.market.venue.domain.PracticeMemory.Input;
import io.tapeline.market.venue.domain.PracticeMemory.Numbered;
import io.tapeline.market.venue.domain.PracticeMemory.Placed;
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
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private static final long REMEMBER_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private final String name;
  private final PracticeMarket market;
  private final PracticeMemory memory;
  private final BooleanSupplier isOurs;
  private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(INBOX);
  private final Thread thread;
  private volatile boolean closing;
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);

  // What follows belongs to the thread.
  private final List<ExchangeEvent> said = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Order, Long> orderNos = new HashMap<>();
  private @Nullable VenueListener listener;
  private boolean awake;
  private long run;
  private long orderNo;
  private long executionNo;
  private long inputNo;
  private long rememberedPosition;
  private long rememberedAt;
  private long beatAt;

  private record Order(AccountId account, ClOrdId clOrdId) {}

  /**
   * A venue that is not open yet.
   *
   * @param isOurs whether this process may still speak for the venue
   */
  PracticeVenue(String name, PracticeMarket market, PracticeMemory memory, BooleanSupplier isOurs) {
    this.name = name;
    this.market = market;
    this.memory = memory;
    this.isOurs = isOurs;
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
                market.exchange().find(account, clOrdId).or(() -> memory.find(account, clOrdId))));
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    inOrder(
        () ->
            answer.accept(
                new VenueAccount(
                    account,
                    memory.executionsAfter(account, afterExecutionNo),
                    executionNo,
                    market.exchange().openOrders(account),
                    memory.positions(account))));
  }

  @Override
  public void inOrder(Runnable task) {
    Runnable between =
        () -> {
          remember();
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
    var numbers = memory.numbers();
    orderNo = numbers.orderNo();
    executionNo = numbers.executionNo();
    var opened = market.open(memory, this::heard, watch());
    run = opened.run().run();
    inputNo = opened.inputNo();
    rememberedPosition = market.position();
    awake = true;
    said.addAll(opened.said());
    if (!opened.ended().isEmpty()) expire(opened.ended());
    become(market.state());
  }

  /** Another life of the exchange began, on our thread: what worked in the last one is over. */
  void goOnIn(PracticeMarket.Opened opened) {
    run = opened.run().run();
    inputNo = opened.inputNo();
    orderNos.clear();
    rememberedPosition = market.position();
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
    remember();
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
    rememberedAt = 0;
    remember();
    tell();
  }

  private void take(VenueRequest request) {
    var at = market.arrive(System.nanoTime());
    switch (request) {
      case VenueRequest.Place(_, var order, _) -> {
        inputs.add(new Input(++inputNo, market.position(), at, new Asked.Place(order)));
        orderNos.put(new Order(order.account(), order.clOrdId()), ++orderNo);
        market.exchange().place(order);
      }
      case VenueRequest.Replace(var id, var terms, _) -> {
        var replace = new ReplaceOrder(terms, id.requestNo());
        inputs.add(new Input(++inputNo, market.position(), at, new Asked.Replace(replace)));
        market.exchange().replace(replace);
      }
      case VenueRequest.Cancel(var id) -> {
        var cancel = new CancelOrder(id.account(), id.clOrdId(), id.requestNo());
        inputs.add(new Input(++inputNo, market.position(), at, new Asked.Cancel(cancel)));
        market.exchange().cancel(cancel);
      }
    }
  }

  /** While the exchange is brought to where it was, it says again what is remembered already. */
  private void heard(ExchangeEvent event) {
    if (awake) said.add(event);
  }

  private void remember() {
    long now = System.nanoTime();
    boolean due = rememberedAt == 0 || now - rememberedAt > REMEMBER_EVERY;
    var prices = due ? market.lastPrices() : Map.<Symbol, Price>of();
    boolean moved = market.position() != rememberedPosition && (due || standsStill());
    if (said.isEmpty() && inputs.isEmpty() && !moved && prices.isEmpty()) return;
    var changes =
        new Changes(
            run,
            market.position(),
            market.tradeHigh(),
            inputs,
            ordersChanged(),
            executions(),
            prices);
    write(changes);
    inputs.clear();
    orderNos.clear();
    rememberedPosition = changes.position();
    rememberedAt = now;
  }

  private boolean standsStill() {
    return market.state().phase() == VenueState.Phase.STANDING;
  }

  private List<Placed> ordersChanged() {
    var touched = new LinkedHashSet<Order>();
    for (var event : said) touched.add(new Order(event.account(), event.clOrdId()));
    var changed = new ArrayList<Placed>(touched.size());
    for (var order : touched) {
      market
          .exchange()
          .find(order.account(), order.clOrdId())
          .ifPresent(found -> changed.add(new Placed(orderNos.getOrDefault(order, 0L), found)));
    }
    return changed;
  }

  private List<Numbered> executions() {
    var executions = new ArrayList<Numbered>();
    for (var event : said) {
      if (event instanceof ExchangeEvent.Execution execution)
        executions.add(new Numbered(++executionNo, execution));
    }
    return executions;
  }

  /**
   * An exchange without its memory is none: waits for the database as long as the venue is ours.
   */
  private void write(Changes changes) {
    for (long pause = 50; ; pause = Math.min(2_000, pause * 2)) {
      try {
        memory.write(changes);
        return;
      } catch (VenueLostException e) {
        throw e;
      } catch (RuntimeException e) {
        if (!isOurs.getAsBoolean())
          throw new VenueLostException("its memory cannot be written, and the lease ran out", e);
        LOG.warnf("venue %s cannot write its memory, and waits: %s", name, e.getMessage());
        sleep(pause);
      }
    }
  }

  private void tell() {
    if (said.isEmpty()) return;
    var to = listener;
    if (to != null) said.forEach(to::report);
    said.clear();
  }

  /** Orders whose exchange is gone: with another recording, or wound back. */
  private void expire(List<OrderState> ended) {
    write(
        new Changes(
            run,
            market.position(),
            market.tradeHigh(),
            List.of(),
            ended.stream().map(order -> new Placed(0, order)).toList(),
            List.of(),
            Map.of()));
    for (var order : ended) {
      said.add(
          new ExchangeEvent.Expired(
              order.order().account(),
              order.order().clOrdId(),
              order.venueOrderId(),
              order.cumQty(),
              order.code() == null ? ReplayMarket.RECORDING_CHANGED : order.code(),
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

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueLostException("interrupted", e);
    }
  }
}
