package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TimingsCommandTest {
  private static final String ITEMS =
      """
      [{"service":"order-service","name":"place_order","budget":50,"slow":2,"count":1200,"min":1.25,"max":1034.5,
        "mean":6.5,"median":4.75,"p95":20.125,"p99":61,"window":{"count":0,"min":0,"max":0,"mean":0,"median":0,"p95":0,"p99":0},
        "errors":{"count":0}},
       {"service":"order-service","name":"never","budget":1,"slow":0,"count":0,"window":{"count":0},"errors":{"count":0}},
       {"service":"market-gateway","name":"venue_call","budget":1000,"slow":0,"count":0,"window":{"count":0},"errors":{"count":3}}]
      """;

  private static JsonNode items() throws IOException {
    return Json.MAPPER.readTree(ITEMS);
  }

  @Test
  void theTableNamesEveryServiceInOrderAndLeavesOutWhatNeverWasCalled() throws IOException {
    assertThat(TimingsCommand.table(items(), false))
        .containsExactly(
            "service         name         count    min  median   mean    p95    p99     max  budget  slow  errors",
            "market-gateway  venue_call       0  0.000   0.000  0.000  0.000  0.000   0.000  1000.0     0       3",
            "order-service   place_order   1200  1.250   4.750  6.500   20.1   61.0  1034.5    50.0     2       0");
  }

  @Test
  void theLastMinuteIsToldApart() throws IOException {
    assertThat(TimingsCommand.table(items(), true)).hasSize(2);
  }
}
