package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeCode;

/** Why the exchange does not do what it was asked, in its own words. */
public record Refusal(String code, String text) {
  static Refusal invalid(String text) {
    return new Refusal(ExchangeCode.INVALID_ORDER, text);
  }
}
