package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.OwnershipRepository;
import io.tapeline.service.AccountPartition;
import io.tapeline.service.TapelineConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The accounts this replica owns. A partition is taken over as a whole: claimed, its accounts
 * folded from the journal, its place on the tape found; only then commands are taken.
 */
@ApplicationScoped
public class AccountDesks {
  private static final Logger LOG = Logger.getLogger(AccountDesks.class);
  private static final Duration OWNER_KNOWN_FOR = Duration.ofSeconds(1);

  private final AccountJournal journal;
  private final AccountSnapshots snapshots;
  private final OwnershipRepository ownership;
  private final Tape tape;
  private final OrderMetrics metrics;
  private final OrdersConfig config;
  private final Surroundings surroundings;
  private final Vertx vertx;
  private final String ownUrl;
  private final Map<AccountId, Integer> partitions;
  private final InstantSource clock = InstantSource.system();
  private final Map<AccountId, AccountDesk> desks = new ConcurrentHashMap<>();
  private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Context> contexts = new ConcurrentHashMap<>();

  /** Takeovers under way; one that is no longer here when it completes was given up meanwhile. */
  private final Map<Integer, Object> takeovers = new ConcurrentHashMap<>();

  private final Map<Integer, Owner> owners = new ConcurrentHashMap<>();

  private record Owner(String url, Instant until) {}

  @Inject
  AccountDesks(
      AccountJournal journal,
      AccountSnapshots snapshots,
      OwnershipRepository ownership,
      Tape tape,
      OrderMetrics metrics,
      OrdersConfig config,
      Surroundings surroundings,
      Vertx vertx,
      TapelineConfig tapeline) {
    this.journal = journal;
    this.snapshots = snapshots;
    this.ownership = ownership;
    this.tape = tape;
    this.metrics = metrics;
    this.config = config;
    this.surroundings = surroundings;
    this.vertx = vertx;
    ownUrl = tapeline.services().orders().toString();
    partitions =
        tapeline.accounts().keySet().stream()
            .collect(
                Collectors.toMap(AccountId::new, AccountPartition::of, (a, _) -> a, TreeMap::new));
  }

  public String ownUrl() {
    return ownUrl;
  }

  public boolean knows(AccountId account) {
    return partitions.containsKey(account);
  }

  /** Whether commands for the account are decided here. */
  public boolean owns(AccountId account) {
    return desks.containsKey(account);
  }

  public boolean ownsPartition(int partition) {
    return owned.contains(partition);
  }

  @Nullable AccountDesk desk(AccountId account) {
    return desks.get(account);
  }

  /** As they are while one looks at them: one may come or go meanwhile. */
  Collection<AccountDesk> owned() {
    return Collections.unmodifiableCollection(desks.values());
  }

  Collection<AccountId> ownedAccounts() {
    return List.copyOf(desks.keySet());
  }

  /** Where the owner of the account answers; null: nobody ever owned it. */
  public Uni<@Nullable String> ownerUrl(AccountId account) {
    var partition = AccountPartition.of(account.value());
    var known = owners.get(partition);
    var now = clock.instant();
    if (known != null && known.until().isAfter(now))
      return Uni.createFrom().<@Nullable String>item(known.url());
    return ownership
        .owner(partition)
        .invoke(
            url -> {
              if (url != null) owners.put(partition, new Owner(url, now.plus(OWNER_KNOWN_FOR)));
            });
  }

  /** Takes a partition over. */
  public Uni<Void> own(int partition) {
    var accounts =
        partitions.entrySet().stream()
            .filter(entry -> entry.getValue() == partition)
            .map(Map.Entry::getKey)
            .toList();
    var context =
        contexts.computeIfAbsent(partition, _ -> ((VertxInternal) vertx).createEventLoopContext());
    var takeover = new Object();
    takeovers.put(partition, takeover);
    var taken = new HashMap<AccountId, AccountDesk>();
    for (var account : accounts)
      taken.put(
          account,
          new AccountDesk(
              account, context, journal, snapshots, tape, metrics, config, surroundings, clock));
    return ownership
        .claim(partition, ownUrl)
        .chain(() -> ownership.quarantines(accounts))
        .invoke(
            quarantined -> {
              for (var account : accounts) {
                if (quarantined.containsKey(account)) surroundings.quarantine(account);
                else surroundings.release(account);
              }
            })
        .chain(() -> load(taken.values()))
        .chain(() -> ownership.marks(partition, accounts))
        .chain(marks -> tape.open(partition, wire(marks), seqs(taken)))
        .invoke(
            () -> {
              owners.remove(partition);
              if (!takeovers.remove(partition, takeover)) {
                // given up again before it was complete
                tape.close(partition);
                return;
              }
              desks.putAll(taken);
              owned.add(partition);
              if (!accounts.isEmpty())
                LOG.infof("partition %s: owner of %s", Integer.toString(partition), accounts);
            });
  }

  private static Uni<Void> load(Collection<AccountDesk> desks) {
    if (desks.isEmpty()) return Uni.createFrom().voidItem();
    return Uni.join()
        .all(desks.stream().map(AccountDesk::load).toList())
        .andFailFast()
        .replaceWithVoid();
  }

  private static Map<AccountId, Tape.Mark> wire(Map<AccountId, OwnershipRepository.Mark> marks) {
    var wired = new HashMap<AccountId, Tape.Mark>();
    marks.forEach(
        (id, m) -> wired.put(id, new Tape.Mark(id, m.seq(), m.partition(), m.nextOffset())));
    return wired;
  }

  private static Map<AccountId, Long> seqs(Map<AccountId, AccountDesk> desks) {
    var seqs = new HashMap<AccountId, Long>();
    desks.forEach((id, desk) -> seqs.put(id, desk.committed().seq()));
    return seqs;
  }

  /** Gives a partition up: nothing more is decided; the future ends when nothing is under way. */
  public CompletableFuture<Void> disown(int partition) {
    takeovers.remove(partition);
    owned.remove(partition);
    owners.remove(partition);
    var closing = new ArrayList<CompletableFuture<Void>>();
    partitions.forEach(
        (account, itsPartition) -> {
          if (itsPartition != partition) return;
          var desk = desks.remove(account);
          if (desk != null) closing.add(desk.close());
        });
    return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
        .whenComplete((_, _) -> tape.close(partition));
  }

  /** Looks for lines that somebody else wrote into the journals of the accounts owned here. */
  public Uni<Void> listen() {
    var owning = Map.copyOf(desks);
    if (owning.isEmpty()) return Uni.createFrom().voidItem();
    return journal
        .lastSeqs(owning.keySet())
        .invoke(seqs -> owning.forEach((id, desk) -> desk.heard(seqs.getOrDefault(id, 0L))))
        .replaceWithVoid();
  }

  /** Writes down how far the tape is, as a hint for the next owner. */
  public Uni<Void> saveMarks() {
    return ownership.save(
        tape.marks().stream()
            .map(
                m ->
                    new OwnershipRepository.Mark(
                        m.accountId(), m.seq(), m.partition(), m.nextOffset()))
            .toList());
  }
}
