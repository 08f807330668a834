package io.tapeline.market.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.DepthRow;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.QuoteRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedTrustTest {
  private static final long MS = 1_000_000;
  private static final Instant AT = Instant.parse("2026-01-05T15:00:00Z");
  private final FeedTrust trust = new FeedTrust();
  private boolean inSession = true;
  private QuoteRow quote = quote("4800.00", "4800.25");
  private DepthRow depth = depth("4800.00", "4800.25");
  private @Nullable Long beat;

  @Test
  void whatSpeaksIsLive() {
    assertThat(state(10_000, 9_900)).isEqualTo(FeedState.LIVE);
  }

  @Test
  void aMarketThatIsStillWhileItsFeedBeatsIsQuietAndNothingWorse() {
    for (long at = 1_000; at < 60_000; at += 100) {
      beat = at * MS;
      assertThat(state(at, 900)).isNotIn(FeedState.STALLED, FeedState.DIVERGENT);
    }
    assertThat(state(60_000, 900)).isEqualTo(FeedState.QUIET);
  }

  @Test
  void aMuteFeedIsFoundOutWithinTwoSeconds() {
    beat = 10_000 * MS;
    assertThat(state(10_100, 10_000)).isEqualTo(FeedState.LIVE);
    assertThat(state(11_900, 10_000)).isEqualTo(FeedState.STALLED);
    beat = 12_000 * MS;
    assertThat(state(12_100, 12_000)).isEqualTo(FeedState.LIVE);
  }

  @Test
  void withoutHeartbeatsItIsTheUsualPaceThatTells() {
    for (long at = 1_000; at < 5_000; at += 100) state(at, at);
    assertThat(state(6_800, 4_900)).isEqualTo(FeedState.STALLED);
    var thin = new FeedTrust();
    for (long at = 1_000; at < 50_000; at += 3_000)
      thin.judge(at * MS, at * MS, null, true, quote, depth);
    assertThat(thin.judge(56_000 * MS, 49_000 * MS, null, true, quote, depth).state())
        .isEqualTo(FeedState.QUIET);
  }

  @Test
  void outOfSessionSilenceIsExpected() {
    inSession = false;
    beat = 0L;
    assertThat(state(60_000, 900)).isEqualTo(FeedState.QUIET);
  }

  @Test
  void aCrossedBookBeforeTheOpenIsNormalAndInSessionIsNot() {
    quote = quote("4801.00", "4800.25");
    depth = depth("4801.00", "4800.25");
    inSession = false;
    var before = new FeedTrust();
    for (long at = 1_000; at < 9_000; at += 100)
      assertThat(before.judge(at * MS, at * MS, null, false, quote, depth))
          .isEqualTo(new FeedTrust.Verdict(FeedState.QUIET, "crossed before the open"));

    var opened = new FeedTrust();
    assertThat(opened.judge(9_000 * MS, 9_000 * MS, null, true, quote, depth).state())
        .isEqualTo(FeedState.LIVE);
    assertThat(opened.judge(10_100 * MS, 10_100 * MS, null, true, quote, depth).state())
        .isEqualTo(FeedState.DIVERGENT);
  }

  @Test
  void quoteAndDepthMayDisagreeForAMomentOnly() {
    depth = depth("4799.75", "4800.25");
    assertThat(state(1_000, 1_000)).isEqualTo(FeedState.LIVE);
    assertThat(state(2_100, 2_100)).isEqualTo(FeedState.DIVERGENT);
    depth = depth("4800.00", "4800.25");
    assertThat(state(2_200, 2_200)).isEqualTo(FeedState.LIVE);
  }

  private FeedState state(long nowMillis, long heardMillis) {
    return trust.judge(nowMillis * MS, heardMillis * MS, beat, inSession, quote, depth).state();
  }

  private static QuoteRow quote(String bid, String ask) {
    return new QuoteRow(
        "ESH4", new BigDecimal(bid), 1L, new BigDecimal(ask), 1L, null, null, AT, AT, null);
  }

  private static DepthRow depth(String bid, String ask) {
    return new DepthRow("ESH4", level(bid), level(ask), AT, AT, null);
  }

  private static List<DepthRow.Level> level(String px) {
    return List.of(new DepthRow.Level(new BigDecimal(px), 1, 1));
  }
}
