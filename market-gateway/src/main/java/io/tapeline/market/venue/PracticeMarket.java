package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.Exchange;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A practice exchange and what moves it on: a clock, or the records of a tape. For the venue's
 * thread alone, but for {@link #clock}, {@link #state} and {@link #session}. {@code now} is {@link
 * System#nanoTime}.
 */
interface PracticeMarket extends AutoCloseable {
  /**
   * Brings the exchange to where it was. Reports are told to {@code orders} only afterwards.
   *
   * @param market hears every print with the number it is to be published by
   */
  Opened open(PracticeMemory memory, ExchangeListener orders, MarketListener market);

  VenueCapabilities capabilities();

  Exchange exchange();

  /**
   * Plays what is due.
   *
   * @param goesOn asked after every step: whether to play on in this turn
   * @return how long until something is due again; zero or less: at once
   */
  long play(long now, BooleanSupplier goesOn);

  /** Moves venue time to now, for an order that comes between two steps. */
  Instant arrive(long now);

  /** Whether the desk's requests are taken again after a restart, and so must be remembered. */
  boolean playsAgain();

  /** How many records of a tape were played; always 0 where there is none. */
  long position();

  /** The highest trade number published. */
  long tradeHigh();

  /** Where its markets traded last, where that cannot be told from a tape. */
  Map<Symbol, Price> lastPrices();

  VenueClock clock(long now);

  VenueState state();

  /** Whether a contract trades; from any thread. */
  SessionState session(Symbol symbol);

  @Override
  void close();

  /**
   * How the exchange came to life.
   *
   * @param run the life it is in
   * @param inputNo how many inputs that life had
   * @param ended orders of an earlier life that were working and are now EXPIRED
   * @param said what is new about orders that came back
   */
  record Opened(
      PracticeMemory.Run run, long inputNo, List<OrderState> ended, List<ExchangeEvent> said) {
    public Opened {
      ended = List.copyOf(ended);
      said = List.copyOf(said);
    }
  }
}
