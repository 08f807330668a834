package io.tapeline.market.exchange.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place where orders meet a market. Everything it has to say about an order goes to the {@link
 * ExchangeListener} it was made with, before the call that caused it returns or while its owner
 * moves its time on. The same calls at the same points of its time give the same events.
 */
public interface Exchange {
  /**
   * Takes an order at the current venue time. Exactly one of these follows at once: {@code
   * Accepted} (and then whatever it trades), or {@code Rejected}, which ends it.
   *
   * <p>An order is known by its account and clOrdId: a second one under a known pair is a repeat,
   * changes nothing and is not answered, so that no report can be taken for one about the first.
   * Ask {@link #find} instead.
   */
  void place(NewOrder order);

  /**
   * Asks for an order to end. {@code Canceled} follows at once, or {@code CancelRejected} where it
   * is unknown or done already.
   */
  void cancel(CancelOrder cancel);

  /**
   * Asks for a working order to go on with other terms. One of these follows at once: {@code
   * Replaced}, and then whatever it trades; {@code Canceled}, code {@link
   * ExchangeCode#QTY_IS_FILLED}, where no more lots are wanted than are filled; or {@code
   * ReplaceRejected}, and the order stands as it was.
   */
  void replace(ReplaceOrder replace);

  /** An order as it stands, open or done, with its fills: the answer about an order in doubt. */
  Optional<OrderState> find(AccountId account, ClOrdId clOrdId);

  /** The orders of an account that can still trade, oldest first. */
  List<OrderState> openOrders(AccountId account);

  /**
   * The fills of an account, oldest first, as far back as this exchange remembers (each says how
   * far that is).
   */
  List<ExchangeEvent.Filled> executions(AccountId account);

  /**
   * What the account holds by all its fills here: signed lots, without symbols it is flat in. Not
   * limited by how far back {@link #executions} reaches.
   */
  Map<Symbol, Long> netQty(AccountId account);

  /** The exchange's own time: of the simulation, or recorded. */
  Instant venueTime();
}
