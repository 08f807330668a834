package io.tapeline.market.app;

import io.tapeline.contract.DepthRow;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.QuoteRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges how far one contract's market data can be trusted, while its venue is up. Silence alone
 * says little: a night is quiet. What tells a quiet market from a mute feed is the feed's own
 * heartbeat; where it has none, how often this contract usually speaks. All times are nanoseconds
 * of a monotonic clock.
 */
final class FeedTrust {
  /** So long nothing new, and the market is called quiet. */
  static final long QUIET_AFTER = Duration.ofSeconds(5).toNanos();

  /** So long neither data nor heartbeat: a feed that is mute is found out within 2 s. */
  static final long MUTE_AFTER = Duration.ofMillis(1_500).toNanos();

  /** A contradiction that lasts no longer is two messages on their way. */
  static final long PASSING = Duration.ofSeconds(1).toNanos();

  private static final double USUAL_GAPS = 10;
  private static final double WEIGHT = 0.1;

  private long heardAt;
  private double usualGap;
  private long crossedSince = NEVER;
  private long contradictsSince = NEVER;

  private static final long NEVER = Long.MIN_VALUE;

  /** A judgement. */
  record Verdict(FeedState state, @Nullable String reason) {
    static final Verdict LIVE = new Verdict(FeedState.LIVE, null);
  }

  /**
   * Judges.
   *
   * @param lastHeard when something was last heard of the contract
   * @param beatAt the feed's last heartbeat; null where it never had one
   * @param inSession whether the contract is traded now
   */
  Verdict judge(
      long now,
      long lastHeard,
      @Nullable Long beatAt,
      boolean inSession,
      @Nullable QuoteRow quote,
      @Nullable DepthRow depth) {
    note(lastHeard);
    crossedSince = since(isCrossed(quote), crossedSince, now);
    contradictsSince = since(contradict(quote, depth), contradictsSince, now);
    long silent = now - lastHeard;
    if (inSession && isMute(now, silent, beatAt))
      return new Verdict(
          FeedState.STALLED, "nothing from the feed, not even a heartbeat, in session");
    if (crossedSince != NEVER && !inSession)
      return new Verdict(FeedState.QUIET, "crossed before the open");
    if (inSession && lasts(crossedSince, now))
      return new Verdict(FeedState.DIVERGENT, "bid above ask in session");
    if (lasts(contradictsSince, now))
      return new Verdict(FeedState.DIVERGENT, "quote and depth contradict each other");
    if (!inSession) return new Verdict(FeedState.QUIET, "out of session");
    if (silent > QUIET_AFTER) return new Verdict(FeedState.QUIET, "nothing new for 5 s");
    return Verdict.LIVE;
  }

  private boolean isMute(long now, long silent, @Nullable Long beatAt) {
    if (silent < MUTE_AFTER) return false;
    if (beatAt != null) return now - beatAt > MUTE_AFTER;
    return usualGap > 0 && silent > Math.max((double) MUTE_AFTER, USUAL_GAPS * usualGap);
  }

  private void note(long lastHeard) {
    if (lastHeard == heardAt) return;
    if (heardAt != 0) {
      double gap = lastHeard - heardAt;
      usualGap = usualGap == 0 ? gap : usualGap + WEIGHT * (gap - usualGap);
    }
    heardAt = lastHeard;
  }

  private static long since(boolean holds, long before, long now) {
    if (!holds) return NEVER;
    return before == NEVER ? now : before;
  }

  private static boolean lasts(long since, long now) {
    return since != NEVER && now - since >= PASSING;
  }

  private static boolean isCrossed(@Nullable QuoteRow quote) {
    if (quote == null) return false;
    var bid = quote.bidPx();
    var ask = quote.askPx();
    return bid != null && ask != null && bid.compareTo(ask) > 0;
  }

  /** Both are of one book, so in a calm moment their best prices are the same. */
  private static boolean contradict(@Nullable QuoteRow quote, @Nullable DepthRow depth) {
    if (quote == null || depth == null) return false;
    return differ(quote.bidPx(), best(depth.bids())) || differ(quote.askPx(), best(depth.asks()));
  }

  private static boolean differ(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    if (a == null || b == null) return (a == null) != (b == null);
    return a.compareTo(b) != 0;
  }

  private static @Nullable BigDecimal best(List<DepthRow.Level> levels) {
    return levels.isEmpty() ? null : levels.getFirst().px();
  }
}
