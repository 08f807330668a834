package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import io.tapeline.stack.AuditRules.Statement;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditRulesTest {
  private static List<String> findings(Statement statement) {
    return AuditRules.findings(List.of(statement), 1_000);
  }

  private static Statement statement(String owner, String text, long calls, @Nullable String plan) {
    return new Statement(1, owner, text, calls, 1, 1, 0, 1, 1, 0, plan == null ? null : json(plan));
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String scan(String schema, String table) {
    return "[{'Plan':{'Node Type':'Limit','Plans':[{'Node Type':'Seq Scan','Schema':'%s','Relation Name':'%s'}]}}]"
        .formatted(schema, table);
  }

  @Test
  void aScanOfAGrowingTableIsFoundAtAnyDepth() {
    var scan = scan("position_service", "fill");

    assertThat(findings(statement("position_service", "select 1 from fill", 3, scan)))
        .singleElement()
        .asString()
        .contains("position_service.fill");
  }

  @Test
  void aTableThatDoesNotGrowMayBeScanned() {
    var scan = scan("market_gateway", "lease");

    assertThat(findings(statement("market_gateway", "select 1 from lease", 3, scan))).isEmpty();
  }

  @Test
  void anIndexIsNoScan() {
    var plan =
        "[{'Plan':{'Node Type':'Index Scan','Index Name':'fill_pkey','Schema':'position_service','Relation Name':'fill'}}]";

    assertThat(findings(statement("position_service", "select 1 from fill", 3, plan))).isEmpty();
    assertThat(AuditRules.outline(json(plan))).isEqualTo("Index Scan fill_pkey");
  }

  @Test
  void everyStatementHasAServiceThatOwnsIt() {
    assertThat(findings(statement("somebody", "select 1", 1, null)))
        .singleElement()
        .asString()
        .contains("somebody");
  }

  @Test
  void ordersAreDecidedWithoutReading() {
    assertThat(findings(statement("order_service", "select body from order_row", 101, null)))
        .singleElement()
        .asString()
        .contains("101 times for 1000 orders");
    assertThat(findings(statement("order_service", "select body from order_row", 100, null)))
        .isEmpty();
    assertThat(
            findings(
                statement(
                    "order_service",
                    "with told as (select 1) insert into account_event select 1",
                    1_000,
                    null)))
        .isEmpty();
    assertThat(findings(statement("ui_bridge", "select 1", 1_000, null))).isEmpty();
  }

  @Test
  void theLogTellsHowLongACallTook() {
    var times = new HashMap<Long, Latencies>();
    for (int call = 1; call <= 100; call++)
      StatementTimes.take(
          "audited -77 LOG:  duration: %d.5 ms  execute <unnamed>: insert into fill"
              .formatted(call),
          times);
    StatementTimes.take("audited -77 LOG:  duration: 900.0 ms  bind <unnamed>: insert", times);
    StatementTimes.take("\tvalues ($1) duration: 7.0 ms  execute ", times);

    assertThat(times).containsOnlyKeys(-77L);
    assertThat(StatementTimes.p99Millis(times.getOrDefault(-77L, new Latencies(0)))).contains(99.5);
    assertThat(StatementTimes.p99Millis(new Latencies(9))).isEmpty();
  }
}
