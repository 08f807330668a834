package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.store.FoldTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Accounts that are to be folded again from the beginning of their journal. What was decided by
 * rules stands, and so does how far prices went: neither can be had from the journal.
 */
@ApplicationScoped
public class Repairs {
  private final Accounts accounts;
  private final FoldTables tables;
  private final OrdersSide orders;
  private final Queue<AccountId> asked = new ConcurrentLinkedQueue<>();

  @Inject
  Repairs(Accounts accounts, FoldTables tables, OrdersSide orders) {
    this.accounts = accounts;
    this.tables = tables;
    this.orders = orders;
  }

  /**
   * Taken up by the thread that owns the account. Where the tape lacks a line or has one that
   * cannot be read, whoever keeps the journal tells it again first; without that the account will
   * stand still again.
   */
  public Uni<Void> ask(AccountId accountId) {
    return accounts
        .find(accountId)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(
            found -> {
              var quarantine = found.map(AccountState::quarantine).orElse(null);
              if (quarantine != null && quarantine.isOfTheTape())
                orders.tellAgain(accountId, quarantine.seq());
              asked.add(accountId);
            })
        .replaceWithVoid();
  }

  /**
   * Empties what is folded of the accounts that were asked for.
   *
   * @return whose partitions are to be read from their beginning
   */
  public Uni<List<AccountId>> begin(List<AccountId> owned) {
    Set<AccountId> now = new LinkedHashSet<>();
    for (var next = asked.poll(); next != null; next = asked.poll())
      if (owned.contains(next)) now.add(next);
    if (now.isEmpty()) return Uni.createFrom().item(List.of());
    return tables
        .empty(now)
        .invoke(() -> accounts.forget(now::contains))
        .replaceWith(List.copyOf(now));
  }
}
