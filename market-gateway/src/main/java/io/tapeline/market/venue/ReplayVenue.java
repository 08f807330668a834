package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.replay.domain.ReplayFacts;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A recorded market as a practice venue, with the buttons of a player. */
public final class ReplayVenue implements Venue, Player {
  static final VenueCapabilities CAPABILITIES =
      new VenueCapabilities(
          Set.of(OrdType.MARKET, OrdType.LIMIT),
          Set.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK),
          VenueCapabilities.Replace.IN_PLACE,
          true,
          false,
          false,
          VenueCapabilities.Trigger.LAST,
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  private final ReplayMarket market;
  private final PracticeVenue venue;

  /**
   * A venue that is not open yet.
   *
   * @param instruments what is known of a contract
   * @param atEnd told once what was seen, when the recordings are over
   */
  public ReplayVenue(
      String name,
      ReplayConfig config,
      Function<Symbol, Optional<Instrument>> instruments,
      Consumer<ReplayFacts> atEnd,
      PracticeMemory memory,
      BooleanSupplier isOurs) {
    market = new ReplayMarket(config, instruments, atEnd);
    venue = new PracticeVenue(name, market, memory, isOurs);
  }

  /** As last seen when the venue is not open. */
  @Override
  public CompletionStage<ReplayState> look() {
    return onThread(() -> {});
  }

  @Override
  public CompletionStage<ReplayState> pause() {
    return onThread(market::pause);
  }

  @Override
  public CompletionStage<ReplayState> resume(@Nullable Double speed, @Nullable Instant until) {
    return onThread(() -> market.resume(speed, until));
  }

  @Override
  public CompletionStage<ReplayState> seek(Instant to, @Nullable Double speed) {
    return onThread(() -> venue.goOnIn(market.seek(to, speed)));
  }

  private CompletionStage<ReplayState> onThread(Runnable action) {
    if (!venue.state().isOpen()) return CompletableFuture.completedStage(market.shown());
    var answer = new CompletableFuture<ReplayState>();
    venue.inOrder(
        () -> {
          action.run();
          answer.complete(market.look());
        });
    return answer;
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
  public void open(VenueListener listener) {
    venue.open(listener);
  }

  @Override
  public boolean send(VenueRequest request) {
    return venue.send(request);
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    venue.find(account, clOrdId, answer);
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    venue.account(account, afterExecutionNo, answer);
  }

  @Override
  public void inOrder(Runnable task) {
    venue.inOrder(task);
  }

  @Override
  public VenueClock clock() {
    return venue.clock();
  }

  @Override
  public VenueState state() {
    return venue.state();
  }

  @Override
  public void close() {
    venue.close();
  }
}
