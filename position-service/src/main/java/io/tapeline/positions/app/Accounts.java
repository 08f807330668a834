package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Capital;
import io.tapeline.positions.store.FoldTables;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of this installation, and the committed state of those this replica folds. Memory is
 * a copy of the tables: it may be dropped at any time.
 */
@ApplicationScoped
public class Accounts {
  private static final Currency DEFAULT_CURRENCY = Currency.getInstance("USD");

  private final FoldTables tables;
  private final SortedMap<AccountId, TapelineConfig.Account> configured = new TreeMap<>();
  private final Map<AccountId, AccountState> committed = new ConcurrentHashMap<>();

  @Inject
  Accounts(FoldTables tables, TapelineConfig config) {
    this.tables = tables;
    config.accounts().forEach((id, account) -> configured.put(new AccountId(id), account));
  }

  /** Who trades here, by id. */
  public SortedMap<AccountId, TapelineConfig.Account> configured() {
    return configured;
  }

  /** The account's currency; USD for accounts nobody has configured (any more). */
  public Currency currency(AccountId accountId) {
    var account = configured.get(accountId);
    return account == null ? DEFAULT_CURRENCY : Currency.getInstance(account.currency());
  }

  /** With which an account is opened; what its risk journal says counts once it is. */
  BigDecimal startBalance(AccountId accountId) {
    return Objects.requireNonNull(configured.get(accountId), "configured").startBalance();
  }

  /** The balance without anything ever realised. */
  BigDecimal base(AccountState state) {
    return base(state.accountId(), state.risk().capital());
  }

  BigDecimal base(AccountId accountId, @Nullable Capital capital) {
    return capital == null ? startBalance(accountId) : capital.base();
  }

  /** Reads what is not in memory, so that {@link #committed} has it. */
  public Uni<Void> remember(Collection<AccountId> accountIds) {
    var missing = accountIds.stream().filter(id -> !committed.containsKey(id)).toList();
    if (missing.isEmpty()) return Uni.createFrom().voidItem();
    return tables.load(missing).invoke(committed::putAll).replaceWithVoid();
  }

  /** The state of an account this replica folds, as committed; null when it is not in memory. */
  public @Nullable AccountState committed(AccountId accountId) {
    return committed.get(accountId);
  }

  /** The accounts in memory: those this replica folds. */
  Collection<AccountState> inMemory() {
    return committed.values();
  }

  void advance(AccountState state) {
    committed.put(state.accountId(), state);
  }

  /** Forgets accounts, so that the tables are asked the next time. */
  public void forget(Predicate<AccountId> which) {
    committed.keySet().removeIf(which);
  }

  /** The committed state of an account, whoever folds it. */
  public Uni<Optional<AccountState>> find(AccountId accountId) {
    if (!configured.containsKey(accountId)) return Uni.createFrom().item(Optional.empty());
    return all(java.util.List.of(accountId))
        .map(states -> Optional.ofNullable(states.get(accountId)));
  }

  /** The committed state of accounts, whoever folds them. */
  public Uni<Map<AccountId, AccountState>> all(Collection<AccountId> accountIds) {
    var known = new HashMap<AccountId, AccountState>();
    for (var accountId : accountIds) {
      var state = committed.get(accountId);
      if (state != null) known.put(accountId, state);
    }
    var missing = accountIds.stream().filter(id -> !known.containsKey(id)).toList();
    return tables
        .load(missing)
        .map(
            loaded -> {
              known.putAll(loaded);
              return known;
            });
  }
}
