package io.tapeline.bridge.fanout.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.FillRow;
import io.tapeline.contract.Json;
import org.junit.jupiter.api.Test;

class FillRowsTest {
  private static FillRow row(String event) {
    var line =
        "{\"accountId\":\"A\",\"seq\":9,\"at\":\"2026-01-01T00:00:00.000000Z\",\"event\":%s,\"order\":{\"clOrdId\":\"c\"}}"
            .formatted(event);
    return Json.read(Json.bytes(FillRows.read(line.getBytes(UTF_8))), FillRow.class);
  }

  @Test
  void anExecutionThatWasTakenBackComesAgainAndSaysSo() {
    var row =
        row(
            "{\"type\":\"FillBusted\",\"clOrdId\":\"c\",\"execId\":\"E1\",\"symbol\":\"ESH4\",\"side\":\"BUY\",\"lastQty\":2,\"lastPx\":\"4800.25\"}");
    assertThat(row.execId()).isEqualTo("E1");
    assertThat(row.revised()).isEqualTo("BUSTED");
    assertThat(row.seq()).isEqualTo(9);
  }

  @Test
  void whatTheVenueSaysIsRealisedComesAlong() {
    var row =
        row(
            "{\"type\":\"OrderFilled\",\"clOrdId\":\"c\",\"execId\":\"E1\",\"symbol\":\"ESH4\",\"side\":\"SELL\",\"lastQty\":2,\"lastPx\":\"4800.25\",\"reportedPnl\":\"-25\"}");
    assertThat(row.reportedPnl()).isEqualByComparingTo("-25");
    var corrected =
        row(
            "{\"type\":\"FillCorrected\",\"clOrdId\":\"c\",\"execId\":\"E1\",\"newExecId\":\"E2\",\"symbol\":\"ESH4\",\"side\":\"SELL\",\"oldQty\":2,\"oldPx\":\"4800.25\",\"newQty\":1,\"newPx\":\"4800.5\",\"newReportedPnl\":\"-12.5\"}");
    assertThat(corrected.reportedPnl()).isEqualByComparingTo("-12.5");
  }

  @Test
  void aCorrectedExecutionIsReplacedByOneThatNamesIt() {
    var row =
        row(
            "{\"type\":\"FillCorrected\",\"clOrdId\":\"c\",\"execId\":\"E1\",\"newExecId\":\"E2\",\"symbol\":\"ESH4\",\"side\":\"BUY\",\"oldQty\":2,\"oldPx\":\"4800.25\",\"newQty\":1,\"newPx\":\"4800.5\",\"newFee\":\"1.05\"}");
    assertThat(row.execId()).isEqualTo("E2");
    assertThat(row.corrects()).isEqualTo("E1");
    assertThat(row.lastQty()).isEqualTo(1);
    assertThat(row.fee()).isEqualByComparingTo("1.05");
    assertThat(row.revised()).isNull();
  }
}
