package io.tapeline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire format is frozen by a golden file per record type. A deliberate addition is written by
 * running with {@code -Dgolden.write=true}; a change of an existing line needs an ADR and a new
 * version.
 */
class WireFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static Stream<Record> oneOfEach() {
    return Stream.of(
            Examples.rows(),
            Examples.events().map(Record.class::cast),
            Examples.riskEvents().map(Record.class::cast),
            Examples.reports().map(Record.class::cast))
        .flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void theWireFormatIsFrozen(Record example) throws IOException {
    var json =
        Json.MAPPER
                .writerFor(wireType(example))
                .withDefaultPrettyPrinter()
                .writeValueAsString(example)
            + "\n";
    var golden = GOLDEN.resolve(name(example.getClass()) + ".json");
    if (Boolean.getBoolean("golden.write")) Files.writeString(golden, json);
    assertThat(json).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void whatIsWrittenIsReadBackEqual(Record example) throws IOException {
    var json = Json.MAPPER.writerFor(wireType(example)).writeValueAsBytes(example);
    assertThat(Json.read(json, wireType(example))).isEqualTo(example);
  }

  @Test
  void everyEventAndReportHasAnExample() {
    assertThat(Examples.events().map(Object::getClass).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(leaves(TapeEvent.class));
    assertThat(Examples.reports().map(Object::getClass).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(leaves(VenueReport.class));
    assertThat(Examples.riskEvents().map(Object::getClass).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(leaves(RiskEvent.class));
  }

  @Test
  void unknownFieldsAreIgnoredButAnUnknownEventIsNot() {
    var newer =
        "{\"type\":\"OrderAccepted\",\"clOrdId\":\"a-1\",\"venueOrderId\":\"V1\",\"mood\":\"good\"}";
    assertThat(Json.read(utf8(newer), TapeEvent.class))
        .isEqualTo(new TapeEvent.OrderAccepted("a-1", "V1"));
    assertThatThrownBy(() -> Json.read(utf8("{\"type\":\"OrderTeleported\"}"), TapeEvent.class))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void poisonIsToldApartFromFailure() {
    assertThatThrownBy(() -> Json.read(utf8("\0not json"), OrderEventRecord.class))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageStartingWith("not a readable OrderEventRecord");
  }

  private static Class<?> wireType(Record example) {
    return switch (example) {
      case TapeEvent _ -> TapeEvent.class;
      case VenueReport _ -> VenueReport.class;
      case RiskEvent _ -> RiskEvent.class;
      default -> example.getClass();
    };
  }

  private static String name(Class<?> type) {
    return type.isMemberClass()
        ? type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName()
        : type.getSimpleName();
  }

  private static List<String> leaves(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getName).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
