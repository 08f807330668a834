package io.tapeline.market.app;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A venue that takes orders, or refuses to as told, and remembers nothing. */
final class StubVenue implements Venue {
  final List<VenueRequest> sent = new CopyOnWriteArrayList<>();
  volatile boolean takesNothing;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);
  private VenueListener listener;

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public VenueCapabilities capabilities() {
    return new VenueCapabilities(
        Set.of(),
        Set.of(),
        VenueCapabilities.Replace.IN_PLACE,
        true,
        false,
        false,
        VenueCapabilities.Trigger.LAST,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  @Override
  public void open(VenueListener newListener) {
    listener = newListener;
    thread.execute(
        () -> {
          state = VenueState.of(VenueState.Phase.UP);
          listener.state(state);
        });
  }

  /** Says something of the market. */
  void show(Consumer<VenueListener> saying) {
    thread.execute(() -> saying.accept(listener));
  }

  @Override
  public boolean send(VenueRequest request) {
    if (takesNothing) return false;
    sent.add(request);
    thread.execute(() -> listener.report(answer(request)));
    return true;
  }

  private static ExchangeEvent answer(VenueRequest request) {
    var venueOrderId = new OrderId("V-" + request.clOrdId());
    return switch (request) {
      case VenueRequest.Replace(var id, var terms, _) ->
          new ExchangeEvent.Replaced(
              id.account(), id.clOrdId(), venueOrderId, id.requestNo(), terms, Instant.now());
      case VenueRequest.Place _, VenueRequest.Cancel _ ->
          new ExchangeEvent.Accepted(
              request.account(), request.clOrdId(), venueOrderId, Instant.now());
    };
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    inOrder(() -> answer.accept(Optional.empty()));
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    inOrder(() -> answer.accept(new VenueAccount(account, List.of(), 0, List.of(), Map.of())));
  }

  @Override
  public void inOrder(Runnable task) {
    thread.execute(task);
  }

  @Override
  public VenueClock clock() {
    return new VenueClock(Instant.now(), BigDecimal.ONE);
  }

  @Override
  public VenueState state() {
    return state;
  }

  @Override
  public void close() {
    state = VenueState.of(VenueState.Phase.DOWN);
    thread.shutdownNow();
  }
}
