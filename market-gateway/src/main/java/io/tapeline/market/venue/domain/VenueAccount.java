package io.tapeline.market.venue.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import java.util.List;
import java.util.Map;

/**
 * A venue's account of itself for one account, at one moment.
 *
 * @param executions those since the one asked from, busts and corrections among them, oldest first
 * @param executionNo of the newest execution: what to ask from next time
 * @param openOrders oldest first
 * @param positions signed lots, without symbols it is flat in
 */
public record VenueAccount(
    AccountId account,
    List<ExchangeEvent.Execution> executions,
    long executionNo,
    List<OrderState> openOrders,
    Map<Symbol, Long> positions) {
  public VenueAccount {
    executions = List.copyOf(executions);
    openOrders = List.copyOf(openOrders);
    positions = Map.copyOf(positions);
  }
}
