package io.tapeline.orders.app;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tapeline.contract.OrderRow;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.DenialReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the one who asked is told, now and whenever the same is asked again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Answer.Row.class, name = "row"),
  @JsonSubTypes.Type(value = Answer.Commanded.class, name = "command"),
  @JsonSubTypes.Type(value = Answer.TradingStateSet.class, name = "trading-state"),
  @JsonSubTypes.Type(value = Answer.Refusal.class, name = "refusal"),
  @JsonSubTypes.Type(value = Answer.Booked.class, name = "booked")
})
public sealed interface Answer {
  record Row(Shown row) implements Answer {}

  /**
   * A command about more than one order.
   *
   * @param state ACCEPTED: what it asks for is journaled, the venue still has to answer
   */
  record Commanded(String commandId, String state) implements Answer {}

  /** What the account may do from now on. */
  record TradingStateSet(String commandId, String state, TradingState tradingState)
      implements Answer {}

  /**
   * Refused.
   *
   * @param order as it is, where the one who asked knew an older version of it
   */
  record Refusal(
      DenialReason reason, String detail, Map<String, String> params, @Nullable OrderRow order)
      implements Answer {}

  /** A venue's report is in the journal, or was there before. */
  record Booked() implements Answer {}
}
