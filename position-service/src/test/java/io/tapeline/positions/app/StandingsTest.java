package io.tapeline.positions.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tapeline.model.AccountId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Results;
import io.tapeline.positions.domain.RiskFact;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.service.TapelineConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The thread that reads quotes may look at an account as it was a moment ago. */
class StandingsTest {
  private static final Instant NOON = Instant.parse("2024-01-10T18:00:00Z");

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
    var marks =
        new Marks(config.getConfigMapping(PositionsConfig.class), new SimpleMeterRegistry());
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

  private AccountState after(RiskFact fact) {
    return opened.with(opened.risk().evolve(fact));
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
