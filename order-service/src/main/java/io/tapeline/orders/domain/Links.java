package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import org.jspecify.annotations.Nullable;

/**
 * How an order belongs to others.
 *
 * @param parentClOrdId the entry of a bracket's leg
 * @param ocoGroup siblings that shrink with each other's fills
 * @param bracket what is to protect an entry once it fills
 */
public record Links(
    Role role,
    @Nullable ClOrdId parentClOrdId,
    @Nullable String ocoGroup,
    @Nullable BracketTerms bracket) {
  public static final Links NONE = new Links(Role.STANDALONE, null, null, null);

  /** A leg of a bracket: how many lots it has follows from what it protects. */
  public boolean isLeg() {
    return role == Role.STOP_LOSS || role == Role.TAKE_PROFIT;
  }
}
