package io.tapeline.positions.domain;

import io.tapeline.positions.domain.RiskFact.Adjustment;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an admin asks for. The id is the account's own, and asked again has the same answer. */
public sealed interface AccountCommand {
  String commandId();

  String reason();

  String by();

  /**
   * @param amount signed as the kind is
   */
  record Adjust(String commandId, Adjustment kind, BigDecimal amount, String reason, String by)
      implements AccountCommand {}

  /**
   * @param startBalance null: the one it started with
   */
  record Reset(String commandId, @Nullable BigDecimal startBalance, String reason, String by)
      implements AccountCommand {}
}
