package io.tapeline.orders.domain;

import java.util.List;

/** Every reason for which this desk refuses a request. Closed: documents and screens list it. */
public enum DenialReason {
  UNKNOWN_ACCOUNT("There is no such account.", "account"),
  TAPE_DOWN("Events are not reaching the tape; only what reduces risk is taken.", "lagMillis"),
  RECONCILING("Orders and executions are being compared with the venue."),
  RISK_STATE_STALE("The account's risk state was not heard of lately; only reduce and cancel."),
  ACCOUNT_QUARANTINED("A record of this account could not be read; only cancel and reduce."),
  UNKNOWN_SYMBOL("There is no such instrument.", "symbol"),
  UNKNOWN_ORDER("There is no such order.", "clOrdId"),
  DUPLICATE_CL_ORD_ID("The id was used before, for something else.", "id"),
  OFF_TICK("The price is no whole number of ticks.", "price", "tickSize"),
  INVALID_QTY("The quantity must be at least 1.", "orderQty"),
  QTY_BELOW_FILLED("More than that is filled already.", "orderQty", "cumQty"),
  INVALID_PRICE_FOR_TYPE("The order type and the prices given do not fit.", "ordType", "field"),
  INVALID_EXPIRE_AT(
      "A GTD order needs a time in the future at which it ends; no other order has one.",
      "timeInForce",
      "expireAt"),
  WRONG_SIDE_OF_MARKET("The market is past this stop price already.", "stopPx", "marketPx", "side"),
  PRICE_OUTSIDE_COLLAR(
      "The price is too far from the market.", "price", "lowest", "highest", "collarTicks"),
  MAX_ORDER_QTY("The order is larger than allowed.", "max", "asked"),
  MAX_POSITION("The position could become larger than allowed.", "max", "worst"),
  MAX_WORKING_ORDERS("Too many orders are working.", "max"),
  ORDER_RATE("Too many orders and changes in one second.", "max"),
  REDUCE_ONLY_WOULD_INCREASE("A reduce-only order must not increase.", "reducible", "asked"),
  BRACKET_CHILD_QTY_FOLLOWS_POSITION(
      "How many lots a leg has follows from what it protects.", "parentClOrdId"),
  OCO_GROUP_OVER("One of this group has traded already; siblings need a new name.", "ocoGroup"),
  BRACKET_INCOMPLETE("The bracket does not say what it needs to.", "field"),
  ORDER_ALREADY_DONE("The order has ended.", "clOrdId", "ordStatus"),
  ORDER_TRIGGERED("The stop price was reached already.", "clOrdId"),
  CANCEL_IN_FLIGHT("A cancel of the order is on its way.", "clOrdId"),
  STALE_VERSION("The order has changed since.", "expectedVersion", "version"),
  NOT_IN_DOUBT("Nothing about the order is in doubt.", "clOrdId"),
  TRADING_HALTED("Trading of this account is halted; only cancel is taken."),
  TRADING_REDUCING("This account may only reduce.", "reducible", "asked"),
  DAILY_LOSS_LIMIT("The day's loss limit is reached; only reduce and cancel."),
  DRAWDOWN_LIMIT("The drawdown limit is reached; only reduce and cancel."),
  TRADE_COUNT_LIMIT("The day's number of trades is used up; only reduce and cancel."),
  OUTSIDE_HOURS("The account may not trade at this hour; only reduce and cancel."),
  RISK_LOCK("A risk rule allows no new risk now; only reduce and cancel.", "rule"),
  SESSION_CLOSED("The market is closed or halted.", "symbol", "session"),
  FEED_NOT_TRUSTED("Prices of this market are not trusted now; only reduce.", "symbol"),
  VENUE_DOWN("The venue is not connected.", "venue"),
  UNSUPPORTED_BY_VENUE("The venue cannot do this.", "field", "value");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
  private final List<String> parameters;

  DenialReason(String text, String... parameters) {
    this.text = text;
    this.parameters = List.of(parameters);
  }

  /** What it means, for people. */
  public String text() {
    return text;
  }

  /** The names of what a denial for this reason tells besides. */
  public List<String> parameters() {
    return parameters;
  }

  /**
   * A denial for this reason.
   *
   * @param values one for each of {@link #parameters()}
   */
  public Denial with(Object... values) {
    if (values.length != parameters.size())
      throw new IllegalArgumentException(this + " takes " + parameters);
    var params = new java.util.LinkedHashMap<String, String>();
    for (var i = 0; i < values.length; i++)
      params.put(parameters.get(i), String.valueOf(values[i]));
    return new Denial(this, text, params);
  }
}
