package io.tapeline.orders.http;

import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.orders.domain.Draft;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order as it is asked for over REST. */
record OrderRequest(
    @Nullable String clOrdId,
    @Nullable String symbol,
    @Nullable Side side,
    @Nullable OrdType ordType,
    @Nullable Long orderQty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal stopPx,
    @Nullable Long trail,
    @Nullable TimeInForce timeInForce,
    @Nullable Instant expireAt,
    @Nullable Boolean reduceOnly,
    @Nullable String strategy,
    @Nullable Boolean strict,
    @Nullable String ocoGroup,
    @Nullable BracketRequest bracket) {
  private static final int LONGEST_TEXT = 64;
  private static final int MOST_DIGITS = 18;

  Draft draft() {
    if (symbol == null) throw new MalformedRequestException("symbol is missing");
    if (side == null) throw new MalformedRequestException("side is missing");
    if (ordType == null) throw new MalformedRequestException("ordType is missing");
    if (orderQty == null) throw new MalformedRequestException("orderQty is missing");
    if (symbol.length() > LONGEST_TEXT) throw new MalformedRequestException("symbol is too long");
    if (strategy != null && strategy.length() > LONGEST_TEXT)
      throw new MalformedRequestException("strategy is too long");
    return new Draft(
        symbol,
        side,
        ordType,
        timeInForce == null ? TimeInForce.DAY : timeInForce,
        orderQty,
        plain("price", price),
        plain("stopPx", stopPx),
        trail,
        expireAt,
        Boolean.TRUE.equals(reduceOnly),
        strategy,
        Boolean.TRUE.equals(strict));
  }

  /** The name of the siblings of which one is meant to trade. */
  @Nullable String siblings() {
    if (ocoGroup != null && (ocoGroup.isBlank() || ocoGroup.length() > LONGEST_TEXT))
      throw new MalformedRequestException("ocoGroup is a name of at most 64 characters");
    return ocoGroup;
  }

  /** A number of sane length: an exponent must not become a gigabyte of zeros. */
  static @Nullable BigDecimal plain(String name, @Nullable BigDecimal value) {
    if (value == null) return null;
    if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS)
      throw new MalformedRequestException(name + " has too many digits");
    return new BigDecimal(value.toPlainString());
  }
}
