package io.tapeline.market.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.ExchangeEvent.Busted;
import io.tapeline.market.exchange.domain.ExchangeEvent.Corrected;
import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.venue.conformance.ForgetfulMemory;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackOfficeTest {
  private static final AccountId ANN = new AccountId("ANN");
  private static final Symbol ES = new Symbol("ESH4");

  private final ForgetfulMemory memory = new ForgetfulMemory();
  private final List<ExchangeEvent> unwritten = new ArrayList<>();
  private BackOffice office = new BackOffice(memory);
  private long executionNo;

  @Test
  void anOpeningFillReportsNothingAndAClosingOneFirstInFirstOut() {
    assertThat(realized(fill("E1", Side.BUY, 2, 100))).isNull();
    assertThat(realized(fill("E2", Side.BUY, 1, 104))).isNull();
    assertThat(realized(fill("E3", Side.SELL, 3, 110))).isEqualTo(2 * 10 + 6);
  }

  @Test
  void aFlipReportsWhatItClosedAndOpensTheRest() {
    assertThat(realized(fill("E1", Side.SELL, 1, 100))).isNull();
    assertThat(realized(fill("E2", Side.BUY, 3, 103))).isEqualTo(-3);
    assertThat(realized(fill("E3", Side.SELL, 2, 104))).isEqualTo(2);
  }

  @Test
  void afterARestartTheBooksAreWhatTheyWere() {
    var _ = realized(fill("E1", Side.BUY, 1, 100));
    var _ = realized(fill("E2", Side.BUY, 1, 105));
    write();
    office = new BackOffice(memory);

    assertThat(realized(fill("E3", Side.SELL, 2, 110))).isEqualTo(10 + 5);
  }

  @Test
  void aBustedFillIsNotClosedAgainAndACorrectedOneCountsWhereItWas() {
    var _ = realized(fill("E1", Side.BUY, 1, 100));
    var _ = realized(fill("E2", Side.BUY, 1, 105));
    var _ = told(busted("B1", "E1"));
    assertThat(realized(fill("E3", Side.SELL, 1, 110))).isEqualTo(5);
    assertThat(realized(corrected("C1", "E3", Side.SELL, 1, 112))).isEqualTo(7);
    write();
    assertThat(realized(fill("E4", Side.BUY, 1, 90))).isNull();
  }

  private ExchangeEvent told(ExchangeEvent event) {
    var reported = office.reported(event, List.copyOf(unwritten));
    unwritten.add(reported);
    return reported;
  }

  private @Nullable Long realized(ExchangeEvent event) {
    return switch (told(event)) {
      case Filled fill -> fill.realizedTicks();
      case Corrected it -> it.realizedTicks();
      default -> throw new AssertionError("no execution: " + event);
    };
  }

  private void write() {
    var executions = new ArrayList<PracticeMemory.Numbered>();
    for (var event : unwritten)
      executions.add(new PracticeMemory.Numbered(++executionNo, (ExchangeEvent.Execution) event));
    memory.write(new PracticeMemory.Changes(1, 0, 0, List.of(), List.of(), executions, Map.of()));
    unwritten.clear();
  }

  private static Filled fill(String execId, Side side, long lots, long ticks) {
    return new Filled(
        ANN,
        new ClOrdId("c"),
        new OrderId("V"),
        new ExecId(execId),
        ES,
        side,
        new Qty(lots),
        new Price(ticks),
        new Qty(lots),
        Qty.ZERO,
        Instant.EPOCH);
  }

  private static Busted busted(String execId, String ofExecId) {
    return new Busted(
        ANN,
        new ClOrdId("c"),
        new OrderId("V"),
        new ExecId(execId),
        new ExecId(ofExecId),
        ES,
        "annulled",
        Instant.EPOCH);
  }

  private static Corrected corrected(
      String execId, String ofExecId, Side side, long lots, long ticks) {
    return new Corrected(
        ANN,
        new ClOrdId("c"),
        new OrderId("V"),
        new ExecId(execId),
        new ExecId(ofExecId),
        ES,
        side,
        new Qty(lots),
        new Price(ticks),
        Instant.EPOCH,
        null);
  }
}
