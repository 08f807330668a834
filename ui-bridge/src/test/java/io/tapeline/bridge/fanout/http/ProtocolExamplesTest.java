package io.tapeline.bridge.fanout.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bridge.Protocol;
import io.tapeline.bridge.Protocol.Example;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.DepthRow;
import io.tapeline.contract.FillRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.PositionRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.TradePrint;
import io.tapeline.service.TimingsOfOthers;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol's document is no prose: what it shows, the codec understands. */
class ProtocolExamplesTest {
  private static final Set<String> CONTROLS =
      Set.of("subscribed", "resumed", "snapshot", "resync", "pong", "error");

  static Stream<Example> said() {
    return Protocol.examples().filter(example -> !example.message().equals("frame"));
  }

  static Stream<Example> heard() {
    return Protocol.examples().filter(example -> example.message().equals("frame"));
  }

  @Test
  void everyMessageHasAnExample() {
    assertThat(Protocol.examples().map(Example::message).distinct())
        .containsExactlyInAnyOrder("subscribe", "unsubscribe", "ping", "hidden", "timed", "frame");
  }

  @ParameterizedTest
  @MethodSource("said")
  void whatAClientMaySayIsUnderstood(Example example) throws Exception {
    var message = ClientMessage.parse(example.payload().toString());
    assertThat(message.getClass().getSimpleName()).isEqualToIgnoringCase(example.message());
    if (message instanceof ClientMessage.Subscribe subscribe)
      assertThat(subscribe.channels()).allMatch(channel -> ChannelName.parse(channel) != null);
  }

  @ParameterizedTest
  @MethodSource("heard")
  void whatAClientHearsIsMadeOfControlsAndOfRowsOfTheContract(Example example) {
    assertThat(Instant.parse(example.payload().required("t").asText())).isNotNull();
    for (var item : example.payload().required("items")) {
      if (item.has("op")) assertThat(CONTROLS).contains(item.required("op").asText());
      else row(item);
    }
  }

  private static void row(JsonNode item) {
    var channel = ChannelName.parse(item.required("ch").asText());
    assertThat(channel).isNotNull();
    assertThat(item.required("n").asLong()).isPositive();
    var data = item.required("data");
    if (data.isNull()) return;
    var bytes = Json.bytes(data);
    var row =
        switch (channel.kind()) {
          case QUOTE -> Json.read(bytes, QuoteRow.class);
          case FILLS -> Json.read(bytes, FillRow.class);
          case POSITIONS -> Json.read(bytes, PositionRow.class);
          case TAPE -> Json.read(bytes, TradePrint.class);
          case BAR -> Json.read(bytes, BarRow.class);
          case STATUS -> Json.read(bytes, MarketStatusRow.class);
          case HOPS -> Json.read(bytes, TimingsOfOthers.Told.class);
          case ALERTS -> Json.read(bytes, NoticeRow.class);
          case DEPTH -> Json.read(bytes, DepthRow.class);
          case ACCOUNT, ORDERS, TRADES, NOTICES ->
              throw new AssertionError("no example of " + channel.kind() + " was expected");
        };
    assertThat(Json.read(Json.bytes(row), JsonNode.class))
        .isEqualTo(Json.read(bytes, JsonNode.class));
  }
}
