package io.tapeline.orders.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Json;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.OrderEventRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What of the journal a person is told. */
class NoticesTest {
  @Test
  void siblingsThatBothTradedAreTold() {
    var told =
        told(
            """
            {"type":"OcoOverfilled","group":"g","symbol":"ESH6","side":"BUY","excess":2,"restoreQty":2,"restoreClOrdId":"g.fix1"}""",
            "null");
    assertThat(told.code()).isEqualTo("OCO_OVERFILLED");
    assertThat(told.severity()).isEqualTo("CRITICAL");
    assertThat(told.text()).contains("g.fix1");
  }

  @Test
  void anAccountThatCouldNotBeMadeFlatIsTold() {
    var told =
        told("{\"type\":\"FlattenEnded\",\"commandId\":\"k\",\"outcome\":\"FAILED\"}", "null");
    assertThat(told.code()).isEqualTo("FLATTEN_FAILED");
    assertThat(told.severity()).isEqualTo("CRITICAL");
    assertThat(line("{\"type\":\"FlattenEnded\",\"commandId\":\"k\",\"outcome\":\"FLAT\"}", "null"))
        .satisfies(flat -> assertThat(Notices.of(flat)).isNull());
  }

  @Test
  void aStopLossThatTheVenueDidNotKeepIsTold() {
    for (var lost :
        new String[] {
          "{\"type\":\"OrderRejected\",\"clOrdId\":\"e.sl\",\"venueCode\":\"3\"}",
          "{\"type\":\"OrderExpired\",\"clOrdId\":\"e.sl\",\"reason\":\"UNSENT\"}"
        }) {
      var told = told(lost, row("STOP_LOSS"));
      assertThat(told.code()).isEqualTo("STOP_LOST");
      assertThat(told.params()).containsEntry("clOrdId", "e.sl");
      assertThat(Notices.of(line(lost, row("TAKE_PROFIT")))).isNull();
    }
  }

  @Test
  void ordersThatWereCanceledBecauseNobodyWasThereAreToldAsOneOccurrence() {
    var asked =
        line(
            "{\"type\":\"CancelRequested\",\"clOrdId\":\"a\",\"requestNo\":2,\"commandId\":\"cancel-on-disconnect.2026-03-02T15:00:00.123456Z\",\"by\":\"ann\"}",
            "null");
    var held =
        line(
            "{\"type\":\"OrderCanceled\",\"clOrdId\":\"b\",\"commandId\":\"cancel-on-disconnect.2026-03-02T15:00:00.123456Z\",\"by\":\"ann\"}",
            "null");
    var byHand =
        line(
            "{\"type\":\"CancelRequested\",\"clOrdId\":\"a\",\"requestNo\":2,\"commandId\":\"k\",\"by\":\"ann\"}",
            "null");
    assertThat(Notices.of(asked))
        .satisfies(
            told -> {
              assertThat(told.code()).isEqualTo("CANCELED_ON_DISCONNECT");
              assertThat(told.text()).contains("ann", "2026-03-02T15:00:00.123456Z");
            })
        .isEqualTo(Notices.of(held));
    assertThat(Notices.mayConcern(new String(Json.bytes(asked), StandardCharsets.UTF_8))).isTrue();
    assertThat(Notices.of(byHand)).isNull();
  }

  @Test
  void aRuleThatActedIsTold() {
    var told =
        told(
            """
            {"type":"RiskLocked","lockId":"r1","tier":"LOCK","reason":"DAILY_LOSS_LIMIT","rule":"daily-loss","asOfSeq":4}""",
            "null");
    assertThat(told.code()).isEqualTo("RISK_LOCKED");
    assertThat(told.text()).contains("daily-loss", "DAILY_LOSS_LIMIT");
  }

  private static NoticeRow told(String event, String order) {
    var line = line(event, order);
    var notice = Notices.of(line);
    assertThat(notice).isNotNull();
    assertThat(Notices.mayConcern(new String(Json.bytes(line), StandardCharsets.UTF_8)))
        .as("the relay looks at the line")
        .isTrue();
    assertThat(notice.id()).as("the same whenever it is told").isEqualTo("orders-A-7");
    return notice;
  }

  private static OrderEventRecord line(String event, String order) {
    var text =
        "{\"accountId\":\"A\",\"seq\":7,\"v\":1,\"at\":\"2026-03-02T15:00:00.000000Z\",\"event\":%s,\"order\":%s}"
            .formatted(event, order);
    return Json.read(text.getBytes(StandardCharsets.UTF_8), OrderEventRecord.class);
  }

  private static String row(String role) {
    return """
        {"accountId":"A","clOrdId":"e.sl","symbol":"ESH6","side":"SELL","ordType":"STOP","timeInForce":"GTC","orderQty":2,        "cumQty":0,"leavesQty":0,"ordStatus":"REJECTED","pending":[],"role":"%s","reduceOnly":true,"version":2,"seq":7,"emulated":false}"""
        .formatted(role);
  }
}
