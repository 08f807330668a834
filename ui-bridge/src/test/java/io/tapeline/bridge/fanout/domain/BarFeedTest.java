package io.tapeline.bridge.fanout.domain;

import static java.math.BigDecimal.ONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.Bar;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BarFeedTest {
  private static final ChannelName BARS = ChannelName.bars("ESH4", "1s");

  private final Board board = new Board(Set.of());
  private final ClientView view = new ClientView();
  private final Frame frame = new TextFrame("e1");
  private final Replica client = new Replica();
  private long now;

  BarFeedTest() {
    board.instrument("ESH4", new BigDecimal("0.25"), true);
  }

  private void follow() {
    view.subscribe(board.find(BARS), null);
    flush();
  }

  private void flush() {
    now += 1_000_000;
    if (view.flush(frame, Replica.stamp(now), now)) client.receive(frame);
  }

  private void bar(int second, long trades) {
    var start = Instant.ofEpochSecond(second);
    var key = new BarKey("ESH4", Interval.SECOND, start);
    var bar =
        new BarVersion(new Bar(key, ONE, ONE, ONE, ONE, trades, trades, start, start), false, 0);
    var followed = board.followedBars(BARS);
    if (followed != null)
      followed.put(
          bar,
          "{\"start\":\"%s\",\"trades\":%d}".formatted(start, trades).getBytes(UTF_8),
          now / 1_000);
  }

  @Test
  void statesOfOneBarAreMergedAndNoBarIsLeftOut() {
    follow();
    for (int second = 0; second < 5; second++)
      for (int trades = 1; trades <= 10; trades++) bar(second, trades);
    flush();

    var items = client.frames.getLast().required("items");
    assertThat(items).hasSize(5);
    assertThat(items).allMatch(item -> item.required("n").asInt() == 10);
    assertThat(items).allMatch(item -> item.at("/data/trades").asInt() == 10);

    bar(4, 11);
    bar(4, 12);
    flush();
    assertThat(client.frames.getLast().at("/items/0/n").asInt()).isEqualTo(2);
  }

  @Test
  void aStateOlderThanWhatIsKnownIsNotShown() {
    follow();
    bar(1, 5);
    bar(1, 4);
    flush();
    assertThat(client.values.get("bar:ESH4:1s").toString()).contains("\"trades\":5");
  }

  @Test
  void whoIsTooFarBehindIsToldAndStartsOver() {
    follow();
    bar(0, 1);
    flush();
    for (int second = 1; second <= BarChannel.KEPT + 1; second++) bar(second, 1);
    flush();

    assertThat(client.controls)
        .containsExactly("snapshot bar:ESH4:1s", "resync bar:ESH4:1s", "snapshot bar:ESH4:1s");
    assertThat(client.values.get("bar:ESH4:1s")).hasSize(BarChannel.KEPT);
  }

  @Test
  void nothingIsKeptWhileNobodyFollows() {
    follow();
    bar(1, 1);
    view.leave();
    assertThat(board.followedBars(BARS)).isNull();
    bar(2, 1);

    follow();
    bar(3, 1);
    flush();
    assertThat(client.values.get("bar:ESH4:1s")).hasSize(1);
  }

  @Test
  void barsOfTwoFollowersAreKeptUntilTheSecondLeaves() {
    var other = new ClientView();
    follow();
    other.subscribe(board.find(BARS), null);
    view.leave();
    assertThat(board.followedBars(BARS)).isNotNull();
    other.leave();
    assertThat(board.followedBars(BARS)).isNull();
  }
}
