package io.tapeline.orders.domain;

import static io.tapeline.orders.domain.Decision.accepted;

import io.tapeline.orders.domain.OrderEvent.RiskLocked;
import io.tapeline.orders.domain.OrderEvent.RiskUnlocked;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what the risk rules ask for. They say all of it every time, so only what differs
 * from the lock in the journal is news.
 */
public final class RiskDecider {
  /** Who asks for what the rules order. */
  static final String BY = "risk";

  private RiskDecider() {}

  /**
   * Whether there is anything to decide.
   *
   * @param asked the lock that the rules ask for now; null: none
   */
  public static boolean isNews(
      AccountState account, @Nullable RiskLock asked, @Nullable Instant venueTime) {
    var lock = account.lock();
    if (asked == null) return lock != null && lock.mayEnd(venueTime);
    if (lock == null) return true;
    // a lock before its time gives way to no smaller one
    return !lock.id().equals(asked.id())
        && (asked.tier().compareTo(lock.tier()) >= 0 || lock.mayEnd(venueTime));
  }

  static Decision decide(AccountState account, @Nullable RiskLock asked, Circumstances now) {
    if (!isNews(account, asked, now.venueTime())) return accepted();
    var lock = account.lock();
    if (asked == null) return lock == null ? accepted() : accepted(new RiskUnlocked(lock.id()));
    var events = new ArrayList<OrderEvent>();
    events.add(new RiskLocked(asked));
    var flat = account.live().isEmpty() && account.positions().isEmpty();
    if (asked.tier().makesFlat() && !flat && account.contingencies().flatten() == null)
      events.addAll(FlattenRules.start(account, asked.id(), BY));
    return new Decision.Accepted(events);
  }
}
