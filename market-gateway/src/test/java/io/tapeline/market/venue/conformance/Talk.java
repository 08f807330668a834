package io.tapeline.market.venue.conformance;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Protection;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A conversation with a venue: what is asked of it, and everything it said. */
final class Talk implements AutoCloseable {
  static final AccountId ANN = new AccountId("ANN");
  private final long longestWay;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Venue venue;
  final Symbol symbol;
  final List<ExchangeEvent> said = new CopyOnWriteArrayList<>();
  final List<VenueState.Phase> phases = new CopyOnWriteArrayList<>();
  final List<Quote> quotes = new CopyOnWriteArrayList<>();

  Talk(Venue venue, Symbol symbol, FaultProfile faults) throws Exception {
    longestWay = longestWay(faults);
    this.venue = venue;
    this.symbol = symbol;
    venue.open(new Ears());
    until(() -> venue.state().isOpen(), "open");
  }

  private static long longestWay(FaultProfile faults) {
    boolean overtaken = faults.outOfOrder() > 0 || faults.lateFill() > 0;
    boolean reviewed = faults.bust() > 0 || faults.correct() > 0;
    return 40
        + faults.ackDelay().plus(faults.jitter()).toMillis()
        + (overtaken ? 300 : 0)
        + (reviewed ? faults.reviewAfter().toMillis() : 0);
  }

  void place(String id, Side side, long lots, Price price) throws Exception {
    send(
        new VenueRequest.Place(
            request(id, 1),
            NewOrder.limit(
                ANN, new ClOrdId(id), symbol, side, TimeInForce.GTC, new Qty(lots), price),
            Instant.MAX));
  }

  void take(String id, Side side, long lots) throws Exception {
    send(
        new VenueRequest.Place(
            request(id, 1),
            NewOrder.market(ANN, new ClOrdId(id), symbol, side, new Qty(lots)),
            Instant.MAX));
  }

  /** With a stop-loss {@code id.sl} and a take-profit {@code id.tp1}, far away. */
  void takeProtected(String id, Side side, long lots, long ticks) throws Exception {
    var bracket =
        new Protection(
            new Protection.Leg(new ClOrdId(id + ".sl"), ticks),
            new Protection.Leg(new ClOrdId(id + ".tp1"), ticks));
    send(
        new VenueRequest.Place(
            request(id, 1),
            NewOrder.market(ANN, new ClOrdId(id), symbol, side, new Qty(lots)).with(bracket),
            Instant.MAX));
  }

  void replace(String id, long requestNo, long lots, Price price) throws Exception {
    send(
        new VenueRequest.Replace(
            request(id, requestNo),
            NewOrder.limit(
                ANN, new ClOrdId(id), symbol, Side.BUY, TimeInForce.GTC, new Qty(lots), price),
            Instant.MAX));
  }

  void cancel(String id, long requestNo) throws Exception {
    send(new VenueRequest.Cancel(request(id, requestNo)));
  }

  private void send(VenueRequest request) throws Exception {
    until(() -> venue.send(request), "taken: " + request);
  }

  private static RequestId request(String id, long requestNo) {
    return new RequestId(ANN, new ClOrdId(id), requestNo);
  }

  /** The venue's answer about an order: what it did until it answered is in it. */
  Optional<OrderState> find(String id) throws Exception {
    var answer = new CompletableFuture<Optional<OrderState>>();
    venue.find(ANN, new ClOrdId(id), answer::complete);
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  VenueAccount account() throws Exception {
    var answer = new CompletableFuture<VenueAccount>();
    venue.account(ANN, 0, answer::complete);
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What was said of an order so far. */
  List<ExchangeEvent> of(String id) {
    return said.stream().filter(event -> event.clOrdId().value().equals(id)).toList();
  }

  <E extends ExchangeEvent> List<E> of(String id, Class<E> kind) {
    return of(id).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  void until(Callable<Boolean> condition, String what) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > limit)
        throw new AssertionError("not " + what + " in time; said was " + said);
      Thread.sleep(5);
    }
  }

  /**
   * Until nothing more is on its way; on a busy machine something may be: what must have been said
   * in the end is waited for by {@link #until}.
   */
  void quiet() throws InterruptedException {
    for (int before = -1; before != said.size(); ) {
      before = said.size();
      Thread.sleep(longestWay);
    }
  }

  @Override
  public void close() {
    venue.close();
  }

  private final class Ears implements VenueListener {
    @Override
    public void report(ExchangeEvent event) {
      if (event.account().equals(ANN)) said.add(event);
    }

    @Override
    public void state(VenueState state) {
      phases.add(state.phase());
    }

    @Override
    public void quote(Quote quote) {
      quotes.add(quote);
    }

    @Override
    public void depth(Depth depth) {}

    @Override
    public void print(Print print) {}
  }
}
