package io.tapeline.positions.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Executions;
import io.tapeline.positions.domain.Quote;
import io.tapeline.positions.domain.Results;
import io.tapeline.positions.domain.RiskFact;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.domain.Step;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.service.TapelineConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The thread that reads quotes may look at an account as it was a moment ago. */
class StandingsTest {
  private static final Instant NOON = Instant.parse("2024-01-10T18:00:00Z");

  private static final Instrument ES =
      new Instrument(new Symbol("ESH4"), new BigDecimal("0.25"), Money.of("12.50", "USD"));

  private final Marks marks;
  private final Standings standings;
  private final AccountState opened;

  StandingsTest() {
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(PositionsConfig.class)
            .withMapping(TapelineConfig.class)
            .withDefaultValue("positions.instance", "test")
            .withDefaultValue("tapeline.secret-file", "none")
            .withDefaultValue("tapeline.accounts.ALICE.venue", "sim")
            .build();
    marks = new Marks(config.getConfigMapping(PositionsConfig.class), new SimpleMeterRegistry());
    standings =
        new Standings(
            new Accounts(null, config.getConfigMapping(TapelineConfig.class)),
            marks,
            new VenueClocks(() -> NOON),
            () -> NOON);
    opened =
        AccountState.empty(new AccountId("ALICE"))
            .with(
                RiskState.NONE
                    .evolve(new RiskFact.AccountOpened(money("50000"), "none", 1))
                    .evolve(
                        new RiskFact.DayStarted(
                            TradingCalendar.of(NOON), money("50000"), money("50000"))));
  }

  @Test
  void whoStillLooksAtTheTimeBeforeAPayoutMakesNoPeakOfIt() {
    assertThat(standings.of(opened).highest()).isEqualByComparingTo("50000");
    var paidOut =
        after(
            new RiskFact.AccountAdjusted(
                "c", RiskFact.Adjustment.WITHDRAWAL, money("-1000"), "r", "ann"));

    assertThat(standings.of(paidOut).highest()).isEqualByComparingTo("49000");
    assertThat(standings.of(opened).highest()).isEqualByComparingTo("50000");
    assertThat(standings.of(paidOut).highest()).isEqualByComparingTo("49000");
    assertThat(standings.of(paidOut).startBalance()).isEqualByComparingTo("49000");
    assertThat(standings.of(paidOut).realized()).isEqualByComparingTo("0");
  }

  @Test
  void whoStillLooksAtALifeThatIsOverSaysNothingOfTheNewOne() {
    standings.of(opened);
    var startedOver =
        after(
            new RiskFact.AccountReset(
                "c",
                money("25000"),
                money("1000"),
                TradingCalendar.of(NOON),
                Results.NONE,
                "r",
                "ann"));
    // its journal has realised nothing, so that the thousand that is left behind is missing
    assertThat(standings.of(startedOver).highest()).isEqualByComparingTo("24000");

    standings.of(opened);
    assertThat(standings.of(startedOver).highest()).isEqualByComparingTo("24000");
    assertThat(standings.of(opened).highest()).isEqualByComparingTo("50000");
  }

  /** The peak of a life is its own, and no look at the one before it makes it forgotten. */
  @Test
  void aLifeKeepsItsPeakWhileSomebodyStillLooksAtTheOneBefore() {
    var reset =
        opened
            .risk()
            .evolve(
                new RiskFact.AccountReset(
                    "c",
                    money("25000"),
                    money("0"),
                    TradingCalendar.of(NOON),
                    Results.NONE,
                    "r",
                    "ann"));
    var before = holding(opened.risk());
    var startedOver = holding(reset);
    price("4830.00");
    assertThat(standings.of(before).highest()).isEqualByComparingTo("51500");

    price("4810.00");
    assertThat(standings.of(startedOver).highest()).isEqualByComparingTo("25500");
    price("4805.00");
    assertThat(standings.of(startedOver).highest()).isEqualByComparingTo("25500");
    // its own peak was written down when it ended: what it is worth now is all it has to say
    assertThat(standings.of(before).highest()).isEqualByComparingTo("50250");
    assertThat(standings.of(startedOver).highest()).isEqualByComparingTo("25500");
  }

  /** One lot bought at 4800. */
  private static AccountState holding(RiskState risk) {
    var fold = AccountFold.empty(new AccountId("ALICE"));
    for (var fact :
        List.of(
            new TapeLine.Fact.ContractNamed(ES),
            new TapeLine.Fact.Executed(
                new ExecId("E1"),
                new ClOrdId("c1"),
                ES.symbol(),
                Side.BUY,
                new Qty(1),
                money("4800.00"),
                null,
                null,
                null))) {
      var line = new TapeLine(fold.seq() + 1, NOON, NOON, fact, null);
      if (fold.step(line, new Executions()) instanceof Step.Advanced(var next, var _, var _))
        fold = next;
    }
    return new AccountState(fold, Map.of(), null, risk, null);
  }

  private void price(String px) {
    marks.accept(new Quote(ES.symbol(), money(px), money(px), money(px), NOON, NOON));
  }

  private AccountState after(RiskFact fact) {
    return opened.with(opened.risk().evolve(fact));
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
