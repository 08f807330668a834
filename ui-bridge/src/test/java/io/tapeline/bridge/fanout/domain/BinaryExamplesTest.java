package io.tapeline.bridge.fanout.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bridge.BinaryReader;
import io.tapeline.bridge.Protocol;
import io.tapeline.bridge.Protocol.Example;
import io.tapeline.bridge.fanout.http.PackedRows;
import io.tapeline.contract.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document's example frames, in binary: here, and as vectors for the page's decoder. */
class BinaryExamplesTest {
  private static final String VECTORS =
      "ui-bridge/src/main/webui/src/shared/link/protocol.binary.json";

  private final Codebook codebook;

  BinaryExamplesTest() {
    var board = new Board(Set.of("PRACTICE"));
    board.instrument("ESH4", new BigDecimal("0.25"), true);
    board.instrument("CLH4", new BigDecimal("0.01"), true);
    codebook = new Codebook(board, new PackedRows());
  }

  static Stream<Example> frames() {
    return Protocol.examples().filter(example -> example.message().equals("frame"));
  }

  private Frame encode(JsonNode example) {
    var frame = new BinaryFrame(example.required("epoch").asText(), codebook);
    var at = Instant.parse(example.required("t").asText());
    var stamp = Replica.stamp(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    frame.begin(stamp, example.has("con"), new Told());
    for (var item : example.required("items")) {
      if (item.has("op")) frame.control(item.toString().getBytes(UTF_8));
      else write(frame, item);
    }
    frame.end();
    return frame;
  }

  private static void write(BinaryFrame frame, JsonNode item) {
    var channel = ChannelName.parse(item.required("ch").asText());
    var data = item.required("data");
    frame.writeItem(
        Item.of(
            ItemKey.of(channel, item.has("k") ? item.path("k").asText() : null),
            version(item.required("v")),
            data.isNull() ? null : data.toString().getBytes(UTF_8)),
        item.required("n").asLong(),
        item.required("age").asLong(),
        item.path("snap").asBoolean(),
        item.path("lost").asLong());
  }

  private static Version version(JsonNode v) {
    return v.isArray()
        ? new Version(v.path(0).asLong(), v.path(1).asLong())
        : Version.of(v.asLong());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void anExampleComesBackAsItWas(Example example) throws IOException {
    var frame = encode(example.payload());
    // as text: 2 and 2.0 are not the same to a tree
    assertThat(new BinaryReader().read(frame.bytes(), frame.length()).toString())
        .isEqualTo(Json.MAPPER.readTree(example.payload().toString()).toString());
  }

  @Test
  void thePagesVectorsAreTheExamples() throws IOException {
    var vectors = Json.MAPPER.createObjectNode();
    frames()
        .forEach(
            example -> {
              var frame = encode(example.payload());
              vectors.put(
                  example.name(), HexFormat.of().formatHex(frame.bytes(), 0, frame.length()));
            });
    var text = vectors.toPrettyString() + "\n";
    if (Boolean.getBoolean("golden.write")) Files.writeString(Protocol.file(VECTORS), text);
    assertThat(Protocol.file(VECTORS)).hasContent(text);
  }
}
