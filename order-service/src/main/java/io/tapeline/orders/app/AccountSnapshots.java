package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.store.SnapshotRepository;
import io.tapeline.orders.store.SnapshotRepository.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Spares a start the folding of the whole journal. A snapshot is trusted only when it was made by
 * the same rules and still says what it said: anything else, and the journal is folded instead.
 */
@ApplicationScoped
public class AccountSnapshots {
  private static final Logger LOG = Logger.getLogger(AccountSnapshots.class);

  private final SnapshotRepository repository;

  @Inject
  AccountSnapshots(SnapshotRepository repository) {
    this.repository = repository;
  }

  /** The newest state, where there is one that can be trusted. */
  Uni<Optional<AccountState>> newest(AccountId account) {
    return repository
        .newest(account)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            snapshot ->
                snapshot == null ? Optional.<AccountState>empty() : trusted(account, snapshot))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("account %s: no snapshot (%s)", account, failure.toString());
              return Optional.empty();
            });
  }

  private static Optional<AccountState> trusted(AccountId account, Snapshot snapshot) {
    if (snapshot.evolveVersion() != Evolution.VERSION) return Optional.empty();
    var state = StateText.read(snapshot.body());
    var says = state.accountId().equals(account) && state.seq() == snapshot.seq();
    if (says && Verification.hash(state).equals(snapshot.hash())) return Optional.of(state);
    LOG.warnf("account %s: the snapshot at %d is not what it was", account, snapshot.seq());
    return Optional.empty();
  }

  /** In the background; a failure costs nothing but time at the next start. */
  void saveSoon(AccountState state) {
    save(state).subscribe().with(_ -> {});
  }

  /** Never fails. */
  Uni<Void> save(AccountState state) {
    return Uni.createFrom()
        .item(
            () ->
                new Snapshot(
                    state.seq(),
                    Evolution.VERSION,
                    Verification.hash(state),
                    StateText.write(state)))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .chain(snapshot -> repository.save(state.accountId(), snapshot))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf(
                  "account %s: no snapshot at %d (%s)",
                  state.accountId(), state.seq(), failure.toString());
              return null;
            });
  }
}
