package io.tapeline.positions.domain;

import io.tapeline.model.TradingState;

/**
 * What an account may do, as order-service journaled it.
 *
 * @param desk what people allow
 * @param rules what its risk rules leave of that
 */
public record Permission(TradingState desk, TradingState rules) {
  public static final Permission ALL = new Permission(TradingState.ACTIVE, TradingState.ACTIVE);

  Permission byDesk(TradingState now) {
    return new Permission(now, rules);
  }

  Permission byRules(TradingState now) {
    return new Permission(desk, now);
  }

  /** The stricter of the two. */
  public TradingState state() {
    return desk.compareTo(rules) > 0 ? desk : rules;
  }
}
