package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.EquityPoint;
import io.tapeline.positions.store.RiskTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps what prices did while lots are open, and the curve of the equity. */
@ApplicationScoped
public class Upkeep {
  private static final long KEEP_NANOS = Duration.ofSeconds(1).toNanos();

  private final Accounts accounts;
  private final Excursions excursions;
  private final Standings standings;
  private final RiskTables tables;
  private final InstantSource clock;
  private final long curveNanos;
  private final Set<AccountId> restored = new HashSet<>();
  private final Map<AccountId, BigDecimal> lastPoints = new HashMap<>();
  private long keptNanos = System.nanoTime();
  private long curvedNanos = System.nanoTime();

  @Inject
  Upkeep(
      Accounts accounts,
      Excursions excursions,
      Standings standings,
      RiskTables tables,
      PositionsConfig config,
      InstantSource clock) {
    this.accounts = accounts;
    this.excursions = excursions;
    this.standings = standings;
    this.tables = tables;
    this.clock = clock;
    curveNanos = config.curveInterval().toNanos();
  }

  /**
   * What is due of these accounts.
   *
   * @param nanos a clock that never goes back
   */
  public Uni<Void> tend(List<AccountId> owned, long nanos) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (var accountId : owned) {
      if (!restored.add(accountId)) continue;
      done =
          done.chain(() -> tables.excursions(accountId))
              .invoke(
                  json -> {
                    if (json != null) excursions.restore(accountId, json);
                  })
              .replaceWithVoid();
    }
    if (nanos - keptNanos >= KEEP_NANOS) {
      keptNanos = nanos;
      for (var accountId : owned) {
        var json = excursions.changes(accountId);
        if (json.isPresent()) done = done.chain(() -> tables.keepExcursions(accountId, json.get()));
      }
    }
    if (nanos - curvedNanos >= curveNanos) {
      curvedNanos = nanos;
      for (var accountId : owned) done = done.chain(() -> point(accountId));
    }
    return done;
  }

  private Uni<Void> point(AccountId accountId) {
    var state = accounts.committed(accountId);
    if (state == null || state.day() == null) return Uni.createFrom().voidItem();
    var standing = standings.of(state);
    var last = lastPoints.put(accountId, standing.equity());
    if (last != null && last.compareTo(standing.equity()) == 0) return Uni.createFrom().voidItem();
    return tables.addPoint(
        accountId,
        new EquityPoint(
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            standing.venueTime(),
            RiskRows.plain(standing.balance()),
            RiskRows.plain(standing.equity())));
  }

  /** Forgets accounts that another replica keeps. */
  public void forget(Predicate<AccountId> which) {
    restored.removeIf(which);
    lastPoints.keySet().removeIf(which);
    excursions.forget(which);
  }
}
