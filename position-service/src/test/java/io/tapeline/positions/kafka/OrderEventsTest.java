package io.tapeline.positions.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.positions.domain.TapeLine.Fact.Booked;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderEventsTest {
  private static final Instant AT = Instant.parse("2024-01-10T18:00:00Z");
  private static final byte[] FILL =
      Json.bytes(
          new OrderEventRecord(
              "A",
              7,
              1,
              AT,
              AT,
              new TapeEvent.OrderFilled(
                  "o1", "E1", null, "ESH4", Side.SELL, 3, new BigDecimal("4800.25"), null, null),
              null));

  @Test
  void aFillIsRead() {
    assertThat(read("A", FILL))
        .isInstanceOfSatisfying(
            Line.class,
            line -> {
              assertThat(line.line().seq()).isEqualTo(7);
              assertThat(line.line().fact()).isInstanceOf(Executed.class);
            });
  }

  @Test
  void aBustAndACorrectionSayWhatWasBooked() {
    var px = new BigDecimal("4800.25");
    var was = new Booked(new ExecId("E1"), new Symbol("ESH4"), Side.SELL, new Qty(3), px);

    assertThat(fact(new TapeEvent.FillBusted("o1", "E1", "ESH4", Side.SELL, 3, px, null, "bust")))
        .isEqualTo(new Busted(was));
    assertThat(
            fact(
                new TapeEvent.FillCorrected(
                    "o1", "E1", "E2", "ESH4", Side.SELL, 3, px, 1, BigDecimal.ONE, null, px, null)))
        .isEqualTo(
            new Corrected(
                was,
                new Executed(
                    new ExecId("E2"),
                    new ClOrdId("o1"),
                    new Symbol("ESH4"),
                    Side.SELL,
                    new Qty(1),
                    BigDecimal.ONE,
                    px,
                    null,
                    null)));
  }

  /** One that is forgotten would stop every account it comes to. */
  @Test
  void everyTypeOfTheTapeIsKnownHere() {
    assertThat(typesOf(OrderEvents.Said.class))
        .containsExactlyInAnyOrderElementsOf(typesOf(TapeEvent.class));
  }

  private static List<String> typesOf(Class<?> sealed) {
    return Arrays.stream(sealed.getAnnotation(JsonSubTypes.class).value())
        .flatMap(
            type -> type.names().length > 0 ? Arrays.stream(type.names()) : Stream.of(type.name()))
        .toList();
  }

  private static TapeLine.Fact fact(TapeEvent event) {
    var bytes = Json.bytes(new OrderEventRecord("A", 7, 1, AT, AT, event, null));
    return ((Line) read("A", bytes)).line().fact();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "",
        "{\"accountId\":\"A\",\"seq\":1,\"v\":1,\"at\":\"2024-01-10T18:00:00Z\",\"event\":null}",
        "{\"accountId\":\"A\",\"seq\":0,\"v\":1,\"at\":\"2024-01-10T18:00:00Z\",\"event\":{\"type\":\"OrderAccepted\"}}",
        "{\"accountId\":\"A\",\"seq\":1,\"v\":2,\"at\":\"2024-01-10T18:00:00Z\",\"event\":{\"type\":\"OrderAccepted\"}}",
        "{\"accountId\":\"B\",\"seq\":1,\"v\":1,\"at\":\"2024-01-10T18:00:00Z\",\"event\":{\"type\":\"OrderAccepted\"}}",
        "{\"accountId\":\"A\",\"seq\":1,\"v\":1,\"at\":\"2024-01-10T18:00:00Z\",\"event\":{\"type\":\"OrderFilled\"}}",
        "{\"accountId\":\"A\",\"seq\":1,\"v\":1,\"at\":\"2024-01-10T18:00:00Z\",\"event\":{\"type\":\"OrderFilled\",\"clOrdId\":\"o\",\"execId\":\"E\",\"symbol\":\"ESH4\",\"side\":\"BUY\",\"lastQty\":1,\"lastPx\":\"1E+999999999\"}}"
      })
  void whatCannotBeUnderstoodIsPoisonOfItsAccount(String text) {
    assertThat(read("A", text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Poison.class, poison -> assertThat(poison.accountId()).hasToString("A"));
  }

  @Test
  void aKeyThatNamesNoAccountBelongsToNobody() {
    assertThat(read(null, FILL).accountId()).isNull();
    assertThat(read("no account!", FILL).accountId()).isNull();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void readingNeverFailsWhateverBytesCome(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var bytes = FILL.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--)
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      assertThat(read("A", bytes)).isNotNull();
    }
  }

  private static Delivery read(@Nullable String key, byte[] value) {
    return OrderEvents.read(new ConsumerRecord<>("orders.events.v1", 0, 0, key, value));
  }
}
