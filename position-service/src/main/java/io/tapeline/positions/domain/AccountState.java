package io.tapeline.positions.domain;

import io.tapeline.model.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of an account.
 *
 * @param day where it stood when its trading day began; null before its first fill
 * @param quarantine null while it is folded
 */
public record AccountState(
    AccountFold fold, @Nullable DayStart day, @Nullable Quarantine quarantine) {
  public static AccountState empty(AccountId accountId) {
    return new AccountState(AccountFold.empty(accountId), null, null);
  }

  public AccountId accountId() {
    return fold.accountId();
  }

  AccountState with(AccountFold fold) {
    return new AccountState(fold, day, quarantine);
  }

  public AccountState with(DayStart day) {
    return new AccountState(fold, day, quarantine);
  }

  AccountState with(Quarantine quarantine) {
    return new AccountState(fold, day, quarantine);
  }
}
