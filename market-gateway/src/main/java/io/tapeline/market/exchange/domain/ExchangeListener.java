package io.tapeline.market.exchange.domain;

/**
 * Hears what became of orders, on the exchange's own thread and in the order it happened. Must not
 * call the exchange back.
 */
@FunctionalInterface
public interface ExchangeListener {
  void on(ExchangeEvent event);
}
