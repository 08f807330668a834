package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The translation layer to a venue. One session at a time; everything the venue says is heard on
 * one thread of its own, so that a reconciliation and the reports around it have one order.
 *
 * <p>Answers are callbacks rather than futures for that reason: what follows an answer is heard
 * after it. A request that gets no answer is in doubt, never assumed.
 */
public interface Venue extends AutoCloseable {
  String name();

  VenueCapabilities capabilities();

  /**
   * Connects, loads what the venue remembers, and starts to speak. The first state that is open
   * follows when it can be reconciled with.
   */
  void open(VenueListener listener);

  /**
   * Hands over a request whose intent is committed. Its answer comes as a report.
   *
   * @return whether it was taken; if not it surely was not sent, and may be offered again
   */
  boolean send(VenueRequest request);

  /** Asks for an order by our id, open or done. */
  void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer);

  /**
   * Asks for everything about an account.
   *
   * @param afterExecutionNo executions up to this one are known already
   */
  void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer);

  /** Runs something between two reports, on the venue's thread. */
  void inOrder(Runnable task);

  VenueClock clock();

  /** What it is besides, such as a {@link Player}; of one behind another, that one's too. */
  default <F> Optional<F> facet(Class<F> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  VenueState state();

  /** Whether a contract trades there now, as far as the venue says. */
  default SessionState session(Symbol symbol) {
    return SessionState.OPEN;
  }

  /** Ends the session: what was taken is finished and remembered, then nothing more is said. */
  @Override
  void close();
}
