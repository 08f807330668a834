package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.SessionState;
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
import java.util.Optional;
import java.util.function.Consumer;

/** A venue of which every call is counted: elsewhere they cost a budget. */
public final class CountedVenue implements Venue {
  private final Venue venue;
  private final Consumer<String> calls;

  /**
   * A venue that is not open yet.
   *
   * @param calls told every call that was made, by its kind
   */
  public CountedVenue(Venue venue, Consumer<String> calls) {
    this.venue = venue;
    this.calls = calls;
  }

  @Override
  public boolean send(VenueRequest request) {
    boolean taken = venue.send(request);
    if (taken)
      calls.accept(
          switch (request) {
            case VenueRequest.Place _ -> "place";
            case VenueRequest.Replace _ -> "replace";
            case VenueRequest.Cancel _ -> "cancel";
          });
    return taken;
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    calls.accept("query");
    venue.find(account, clOrdId, answer);
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    calls.accept("account");
    venue.account(account, afterExecutionNo, answer);
  }

  @Override
  public void open(VenueListener listener) {
    calls.accept("connect");
    venue.open(listener);
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
  public void inOrder(Runnable task) {
    venue.inOrder(task);
  }

  @Override
  public VenueClock clock() {
    return venue.clock();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return venue.facet(type);
  }

  @Override
  public VenueState state() {
    return venue.state();
  }

  @Override
  public SessionState session(Symbol symbol) {
    return venue.session(symbol);
  }

  @Override
  public void close() {
    venue.close();
  }
}
