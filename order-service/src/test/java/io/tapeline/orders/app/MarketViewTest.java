package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.FeedState;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketViewTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Symbol ES = new Symbol("ESH6");
  private final MarketView view = new MarketView();

  @Test
  void aStallCountsOnceItIsKnownToHaveLastedThePatience() {
    view.learn(row(FeedState.STALLED, NOON, NOON));
    assertThat(distrusted()).as("told just now").isFalse();
    view.upToDate(NOON.plusMillis(2_999));
    assertThat(distrusted()).as("a moment before").isFalse();
    view.upToDate(NOON.plusMillis(3_000));
    assertThat(distrusted()).as("three seconds later").isTrue();
  }

  @Test
  void aStallThatEndedInAWordNotReadYetIsNotHeldAgainstTheFeed() {
    view.learn(row(FeedState.STALLED, NOON, NOON));
    view.learn(row(FeedState.LIVE, NOON.plusSeconds(1), NOON.plusSeconds(1)));
    view.upToDate(NOON.plusSeconds(60));
    assertThat(distrusted()).isFalse();
  }

  @Test
  void aRowThatTellsOfALongStallCountsAtOnce() {
    view.learn(row(FeedState.DIVERGENT, NOON, NOON.plusSeconds(3)));
    assertThat(distrusted()).isTrue();
  }

  @Test
  void aQuietMarketAndOneThatIsDownHaveReasonsOfTheirOwn() {
    for (var feed : new FeedState[] {FeedState.QUIET, FeedState.DOWN}) {
      view.learn(row(feed, NOON, NOON.plusSeconds(60)));
      assertThat(distrusted()).as("%s", feed).isFalse();
    }
  }

  private boolean distrusted() {
    return view.feedDistrusted("sim", ES, PATIENCE);
  }

  private static MarketStatusRow row(FeedState feed, Instant since, Instant at) {
    return new MarketStatusRow(
        "sim", ES.value(), "OPEN", feed, null, since, at, at, BigDecimal.ONE, null, null);
  }
}
