package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiCallsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ApiCalls calls = new ApiCalls(meters, "market-gateway", 5);

  @Test
  void whatUsedTheBudgetIsToldAndWhatIsLeft() {
    calls.count("sim", "place");
    calls.count("sim", "place");
    calls.count("sim", "cancel");

    assertThat(calls.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.caller()).isEqualTo("sim");
              assertThat(row.user()).isNull();
              assertThat(row.count()).isEqualTo(3);
              assertThat(row.remaining()).isEqualTo(2);
              assertThat(row.used())
                  .containsExactly(new CallsRow.Used("place", 2), new CallsRow.Used("cancel", 1));
            });
    assertThat(meters.counter("tapeline.calls", "what", "place").count()).isEqualTo(2);
    assertThat(meters.get("tapeline.calls.remaining").gauge().value()).isEqualTo(2);
  }

  @Test
  void thereIsNeverLessThanNothingLeft() {
    for (int call = 0; call < 9; call++) calls.count("sim", "query");

    assertThat(calls.rows().getFirst().remaining()).isZero();
  }

  @Test
  void howeverManyCallAndWhateverTheyCallTheRowsAreBounded() {
    for (int i = 0; i < 1_000; i++) calls.count("ann " + i, "ann", "GET /api/" + i);
    for (int i = 0; i < 1_000; i++) calls.count("bob", "bob", "GET /api/" + i);

    assertThat(calls.rows()).hasSizeLessThanOrEqualTo(201);
    assertThat(calls.rows()).allSatisfy(row -> assertThat(row.used()).hasSizeLessThanOrEqualTo(65));
    assertThat(calls.rows().stream().mapToLong(CallsRow::count).sum()).isEqualTo(2_000);
  }

  @Test
  void aMinuteLaterACallIsForgotten() {
    var count = new MinuteCount();
    count.add(seconds(-3));
    count.add(seconds(1));
    count.add(seconds(30));

    assertThat(count.of(seconds(31))).isEqualTo(3);
    assertThat(count.of(seconds(61))).isEqualTo(1);
    assertThat(count.of(seconds(500))).isZero();
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
