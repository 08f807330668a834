package io.tapeline.market.exchange.domain;

/**
 * The codes our exchanges use, one sense each. Strings, not an enum: another exchange, or a fault
 * that is being practised, has codes of its own.
 */
public final class ExchangeCode {
  /** An order type or time in force this exchange does not have. */
  public static final String UNSUPPORTED = "UNSUPPORTED";

  public static final String UNKNOWN_SYMBOL = "UNKNOWN_SYMBOL";

  /** No lots, a missing price, or a price where none belongs. */
  public static final String INVALID_ORDER = "INVALID_ORDER";

  /** As many orders are open as the exchange takes. */
  public static final String TOO_MANY_ORDERS = "TOO_MANY_ORDERS";

  /** The market is not trading. */
  public static final String MARKET_CLOSED = "MARKET_CLOSED";

  public static final String UNKNOWN_ORDER = "UNKNOWN_ORDER";

  /** A cancel or replace that came after the order's end. */
  public static final String ORDER_ALREADY_DONE = "ORDER_ALREADY_DONE";

  /** Canceled because its owner asked. */
  public static final String REQUESTED = "REQUESTED";

  /** The rest of an immediate-or-cancel order. */
  public static final String IOC_REST = "IOC_REST";

  /** A fill-or-kill order that could not be filled whole. */
  public static final String FOK_NOT_FILLABLE = "FOK_NOT_FILLABLE";

  /** A market order, or its rest, with nothing shown on the other side. */
  public static final String NO_LIQUIDITY = "NO_LIQUIDITY";

  /** Ended by a replace that wants no more lots than are filled. */
  public static final String QTY_IS_FILLED = "QTY_IS_FILLED";

  /** A sibling of its OCO group was filled. */
  public static final String OCO = "OCO";

  private ExchangeCode() {}
}
