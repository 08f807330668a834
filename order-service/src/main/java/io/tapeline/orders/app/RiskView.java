package io.tapeline.orders.app;

import io.tapeline.contract.AccountRow;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.Circumstances.RiskFacts;
import io.tapeline.orders.domain.RiskLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the risk rules last said of every account. Each row says all of it, so the newest is enough;
 * that they go on speaking is the heartbeat.
 */
@ApplicationScoped
public class RiskView {
  private final Duration silence;
  private final Duration grace;
  private final LongSupplier nanos;
  private final long startedAt;
  private final Map<AccountId, Said> said = new ConcurrentHashMap<>();

  /**
   * The newest word on an account.
   *
   * @param heardAt when it was said, on a clock that never goes back; 0: before this service began
   *     to listen
   */
  private record Said(
      List<Long> version,
      @Nullable RiskLock asked,
      @Nullable Long maxContracts,
      boolean quarantined,
      long heardAt) {
    Said beating(long at) {
      return new Said(version, asked, maxContracts, quarantined, at);
    }
  }

  @Inject
  RiskView(OrdersConfig config) {
    this(config.riskSilence(), config.riskGrace(), System::nanoTime);
  }

  /**
   * As configured, by a clock of one's own.
   *
   * @param silence after which a word is old; zero: none is waited for
   * @param grace after the start, in which there need be none
   * @param nanos a clock that never goes back
   */
  RiskView(Duration silence, Duration grace, LongSupplier nanos) {
    this.silence = silence;
    this.grace = grace;
    this.nanos = nanos;
    startedAt = nanos.getAsLong();
  }

  /**
   * Takes a row in.
   *
   * @param live said now; one from before tells what is asked for, but not that anybody is there
   */
  public void learn(AccountRow row, boolean live) {
    var account = new AccountId(row.accountId());
    var heardAt = live ? nanos.getAsLong() : 0;
    said.merge(
        account,
        new Said(
            row.version(),
            asked(row),
            maxContracts(row),
            Boolean.TRUE.equals(row.quarantined()),
            heardAt),
        (before, now) ->
            // a former owner of the account may still speak, but not take anything back
            isOlder(now.version(), before.version())
                ? before
                : now.beating(live ? heardAt : before.heardAt()));
  }

  private static boolean isOlder(List<Long> version, List<Long> than) {
    for (var i = 0; i < Math.min(version.size(), than.size()); i++) {
      var compared = Long.compare(version.get(i), than.get(i));
      if (compared != 0) return compared < 0;
    }
    return false;
  }

  private static @Nullable RiskLock asked(AccountRow row) {
    var risk = row.risk();
    if (risk == null || risk.decisionId() == null) return null;
    return switch (risk.tier()) {
      case "NONE", "WARN" -> null;
      default ->
          new RiskLock(
              risk.decisionId(),
              RiskLock.Tier.valueOf(risk.tier()),
              Objects.requireNonNullElse(risk.reason(), ""),
              Objects.requireNonNullElse(risk.rule(), ""),
              risk.lockedUntil(),
              risk.asOfSeq());
    };
  }

  private static @Nullable Long maxContracts(AccountRow row) {
    return row.risk() == null ? null : row.risk().maxContracts();
  }

  /** Whether anything was ever said of the account. */
  boolean knows(AccountId account) {
    return said.containsKey(account);
  }

  /** The lock that is asked for now; null: none. */
  @Nullable RiskLock asked(AccountId account) {
    var known = said.get(account);
    return known == null ? null : known.asked();
  }

  /** Whether positions stand still because the account's journal could not be read. */
  boolean quarantined(AccountId account) {
    var known = said.get(account);
    return known != null && known.quarantined();
  }

  RiskFacts facts(AccountId account) {
    var known = said.get(account);
    return new RiskFacts(isStale(known), known == null ? null : known.maxContracts());
  }

  private boolean isStale(@Nullable Said known) {
    if (silence.isZero()) return false;
    var now = nanos.getAsLong();
    if (known == null || known.heardAt() == 0) return now - startedAt > grace.toNanos();
    return now - known.heardAt() > silence.toNanos();
  }
}
