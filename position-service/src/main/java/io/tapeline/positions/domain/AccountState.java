package io.tapeline.positions.domain;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of an account.
 *
 * @param orders those that may still trade
 * @param day where it stood when its trading day began; null before its first fill
 * @param risk what its rules have led to
 * @param quarantine null while it is folded
 */
public record AccountState(
    AccountFold fold,
    Map<ClOrdId, WorkingOrder> orders,
    @Nullable DayStart day,
    RiskState risk,
    @Nullable Quarantine quarantine) {
  public AccountState {
    orders = Map.copyOf(orders);
  }

  public static AccountState empty(AccountId accountId) {
    return new AccountState(AccountFold.empty(accountId), Map.of(), null, RiskState.NONE, null);
  }

  public AccountId accountId() {
    return fold.accountId();
  }

  AccountState with(AccountFold fold) {
    return new AccountState(fold, orders, day, risk, quarantine);
  }

  AccountState with(Map<ClOrdId, WorkingOrder> orders) {
    return new AccountState(fold, orders, day, risk, quarantine);
  }

  public AccountState with(DayStart day) {
    return new AccountState(fold, orders, day, risk, quarantine);
  }

  public AccountState with(RiskState risk) {
    return new AccountState(fold, orders, day, risk, quarantine);
  }

  public AccountState with(Quarantine quarantine) {
    return new AccountState(fold, orders, day, risk, quarantine);
  }
}
