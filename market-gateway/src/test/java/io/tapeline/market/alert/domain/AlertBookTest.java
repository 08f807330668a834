package io.tapeline.market.alert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.alert.domain.Alert.Direction;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertBookTest {
  private final AlertBook book = new AlertBook();

  private static Alert alert(String id, String px, Direction direction, long afterTrade) {
    return new Alert(
        new Alert.Id("ann", id),
        new Symbol("CLZ6"),
        new BigDecimal(px),
        direction,
        null,
        Instant.EPOCH,
        afterTrade);
  }

  private String reached(long tradeId, String px) {
    var ids = new TreeSet<String>();
    for (var each : book.reach("CLZ6", tradeId, new BigDecimal(px))) ids.add(each.id().alertId());
    return String.join(" ", ids);
  }

  @ParameterizedTest
  @CsvSource({
    "ABOVE, 60.00, 59.99, false",
    "ABOVE, 60.00, 60, true",
    "ABOVE, 60.00, 60.01, true",
    "BELOW, 60.00, 60.01, false",
    "BELOW, 60.00, 60.0, true",
    "BELOW, 60.00, 59.99, true",
    "BELOW, -37.63, -37.62, false",
    "BELOW, -37.63, -37.63, true",
    "ABOVE, -37.63, -37.64, false",
    "ABOVE, -37.63, 0, true",
  })
  void aTradeAtThePriceOrBeyondReachesIt(
      Direction direction, String px, String traded, boolean isReached) {
    book.add(alert("a", px, direction, 0));
    assertThat(reached(1, traded)).isEqualTo(isReached ? "a" : "");
  }

  @Test
  void whatWasReachedIsReachedOnce() {
    book.add(alert("a", "60", Direction.ABOVE, 0));
    assertThat(reached(1, "61")).isEqualTo("a");
    assertThat(reached(2, "62")).isEmpty();
  }

  @Test
  void tradesBeforeItWasSetDoNotCount() {
    book.add(alert("late", "60", Direction.ABOVE, 7));
    book.add(alert("early", "60.5", Direction.ABOVE, 3));
    assertThat(reached(7, "61")).isEqualTo("early");
    assertThat(reached(8, "61")).isEqualTo("late");
  }

  @Test
  void oneTradeReachesAllOnItsWayOfBothSides() {
    book.add(alert("up", "60", Direction.ABOVE, 0));
    book.add(alert("higher", "70", Direction.ABOVE, 0));
    book.add(alert("down", "66", Direction.BELOW, 0));
    assertThat(reached(1, "65")).isEqualTo("down up");
  }

  @Test
  void aSecondOneOfThatIdIsTheFirst() {
    book.add(alert("a", "60", Direction.ABOVE, 0));
    book.add(alert("a", "60", Direction.ABOVE, 0));
    assertThat(reached(1, "60")).isEqualTo("a");
    assertThat(reached(2, "60")).isEmpty();
  }

  @Test
  void whatIsRemovedOrOfAnotherSymbolIsNotReached() {
    var alert = alert("a", "60", Direction.BELOW, 0);
    book.add(alert);
    assertThat(book.reach("ESZ6", 1, BigDecimal.ONE)).isEmpty();
    book.remove(alert);
    assertThat(reached(1, "1")).isEmpty();
  }

  /** Held against a list in which every alert is looked at for every trade. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aWalkOfPricesReachesWhatALongListWould(long seed) {
    var random = new Random(seed);
    var naive = new ArrayList<Alert>();
    long px = 100;
    for (int trade = 1; trade < 2_000; trade++) {
      if (random.nextInt(3) == 0) {
        var direction = random.nextBoolean() ? Direction.ABOVE : Direction.BELOW;
        var alert =
            alert(
                "a" + trade,
                "" + (px + random.nextInt(21) - 10),
                direction,
                trade - 1 + random.nextInt(3));
        naive.add(alert);
        book.add(alert);
      }
      if (!naive.isEmpty() && random.nextInt(20) == 0) book.remove(naive.removeLast());
      px += random.nextInt(5) - 2;
      var expected = new TreeSet<String>();
      for (var each : naive) {
        boolean beyond =
            each.direction() == Direction.ABOVE
                ? px >= each.px().longValue()
                : px <= each.px().longValue();
        if (beyond && trade > each.afterTrade()) expected.add(each.id().alertId());
      }
      naive.removeIf(each -> expected.contains(each.id().alertId()));
      assertThat(reached(trade, "" + px)).isEqualTo(String.join(" ", expected));
    }
  }
}
