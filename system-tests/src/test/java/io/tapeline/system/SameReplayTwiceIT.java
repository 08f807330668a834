package io.tapeline.system;

import static io.tapeline.system.Desk.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.testkit.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording is the same market whenever and however fast it is played, and scripted orders meet
 * the same fate in it.
 */
class SameReplayTwiceIT {
  private static final String SCRIPT =
      """
      {"at":"2023-12-25T23:00:10Z","account":"REPLAY","op":"place","body":{"clOrdId":"m1","symbol":"ESH4","side":"BUY","ordType":"MARKET","orderQty":25}}
      {"at":"2023-12-25T23:00:20Z","account":"REPLAY","op":"place","body":{"clOrdId":"l1","symbol":"ESH4","side":"SELL","ordType":"LIMIT","orderQty":3,"price":"4802.00"}}
      {"at":"2023-12-25T23:00:21Z","account":"REPLAY","op":"place","body":{"clOrdId":"l2","symbol":"ESH4","side":"BUY","ordType":"LIMIT","orderQty":3,"price":"4799.00"}}
      {"at":"2023-12-25T23:00:50Z","account":"REPLAY","op":"cancel","body":{"clOrdId":"l2"}}
      {"at":"2023-12-25T23:00:55Z","account":"REPLAY","op":"place","body":{"clOrdId":"m2","symbol":"ESH4","side":"SELL","ordType":"MARKET","orderQty":10}}
      """;

  @TempDir private Path directory;

  @Test
  void atAnySpeedTheMarketAndTheFillsAreTheSame() throws IOException {
    assumeTrue(
        Files.exists(Desk.ES_ON_CHRISTMAS), "the recorded market data is not beside the project");
    var script = Files.writeString(directory.resolve("orders.jsonl"), SCRIPT);

    var fast = play("max", script);
    var slow = play("20", script);

    assertThat(fast.quotes()).hasSizeGreaterThan(100).isEqualTo(slow.quotes());
    assertThat(fast.depth()).hasSizeGreaterThan(100).isEqualTo(slow.depth());
    assertThat(fast.trades()).isNotEmpty().isEqualTo(slow.trades());
    assertThat(fast.fills()).isNotEmpty().isEqualTo(slow.fills());
  }

  private Run play(String speed, Path script) {
    try (var desk =
        Desk.start(
            directory.resolve("speed-" + speed),
            "--replay",
            Desk.ES_ON_CHRISTMAS.toString(),
            "--from",
            "2023-12-25T22:59:30Z",
            "--to",
            "2023-12-25T23:01:00Z",
            "--speed",
            speed,
            "--orders",
            script.toString())) {
      eventually(
          () -> assertThat(desk.get("/api/replay").path("state").asText()).isEqualTo("ENDED"));
      return settled(desk);
    }
  }

  /** What is on the tape once nothing more comes: the end is known sooner than it is written. */
  private static Run settled(Desk desk) {
    var end = System.nanoTime() + Desk.SOON.toNanos();
    var before = Run.of(desk);
    while (System.nanoTime() < end) {
      pause();
      var now = Run.of(desk);
      if (now.equals(before)) return now;
      before = now;
    }
    throw new AssertionError("it goes on and on");
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a topic says of the market, without the hour it was said at. */
  private static List<JsonNode> market(Desk desk, String topic) {
    return desk.tape(topic).stream()
        .map(Tape.Entry::json)
        .filter(row -> !row.path("refresh").asBoolean())
        .map(row -> ((ObjectNode) row).<JsonNode>without("at"))
        .toList();
  }

  private record Run(
      List<JsonNode> quotes, List<JsonNode> depth, List<JsonNode> trades, List<String> fills) {
    static Run of(Desk desk) {
      return new Run(
          market(desk, Topics.QUOTES),
          market(desk, Topics.DEPTH),
          market(desk, Topics.MARKET_TRADES),
          Journal.of(desk, "REPLAY").events().stream()
              .filter(event -> event.event() instanceof TapeEvent.OrderFilled)
              .map(event -> event.venueTime() + " " + event.event())
              .toList());
    }
  }
}
