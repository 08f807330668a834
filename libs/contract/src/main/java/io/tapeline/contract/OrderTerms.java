package io.tapeline.contract;

import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of an order several events carry alike, with the two numbers to price it by for ever. */
public interface OrderTerms {
  String symbol();

  Side side();

  OrdType ordType();

  TimeInForce timeInForce();

  /** Total lots (FIX 38). */
  long orderQty();

  @Nullable BigDecimal price();

  @Nullable BigDecimal stopPx();

  /** Whole ticks. */
  default @Nullable Long trail() {
    return null;
  }

  default @Nullable Instant expireAt() {
    return null;
  }

  BigDecimal tickSize();

  BigDecimal tickValue();

  String currency();
}
