package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Tier.BLOCK;
import static io.tapeline.positions.domain.Tier.LIQUIDATE;
import static io.tapeline.positions.domain.Tier.LOCK;
import static io.tapeline.positions.domain.Tier.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountOpened;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.Adjustment;
import io.tapeline.positions.domain.RiskFact.TierCleared;
import io.tapeline.positions.domain.RiskFact.TierReached;
import io.tapeline.positions.domain.RiskRule.Basis;
import io.tapeline.positions.domain.RiskRule.Consistency;
import io.tapeline.positions.domain.RiskRule.DailyLoss;
import io.tapeline.positions.domain.RiskRule.Drawdown;
import io.tapeline.positions.domain.RiskRule.Hours;
import io.tapeline.positions.domain.RiskRule.MaxContracts;
import io.tapeline.positions.domain.RiskRule.Rung;
import io.tapeline.positions.domain.RiskRule.Step;
import io.tapeline.positions.domain.RiskRule.TradeCount;
import io.tapeline.positions.domain.RiskRule.Trail;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Golden scenarios: what each rule leads to, tier by tier. */
class RiskScenarioTest {
  private static final AccountId ALICE = new AccountId("ALICE");
  private static final List<Step> WARN_AND_LOCK =
      List.of(new Step(75, WARN), new Step(80, WARN), new Step(90, WARN), new Step(100, LOCK));

  private RiskState state = RiskState.NONE;
  private RiskProgram program;
  private Instant time = Instant.parse("2024-01-10T18:00:00Z");
  private BigDecimal start = money("50000");
  private BigDecimal balance = start;
  private BigDecimal open = BigDecimal.ZERO;
  private BigDecimal highest = start;
  private BigDecimal bestRealized = BigDecimal.ZERO;
  private long contracts;
  private long trades;
  private long inDoubt;

  @Test
  void aDaysLossWarnsThreeTimesAndLocksAtTheTickThatReachesIt() {
    under(new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK));

    assertThat(tiers(open("-737.5"))).isEmpty();
    assertThat(tiers(open("-750"))).containsExactly("WARN 75");
    assertThat(tiers(open("-749"))).isEmpty();
    assertThat(tiers(open("-912.5"))).containsExactly("WARN 80", "WARN 90");
    assertThat(tiers(open("-987.5"))).isEmpty();
    var facts = open("-1000");
    assertThat(tiers(facts)).containsExactly("LOCK 100");
    assertThat(reached(facts).until()).isEqualTo(Instant.parse("2024-01-10T23:00:00Z"));
    assertThat(reached(facts).kind().denial()).isEqualTo("DAILY_LOSS_LIMIT");
  }

  @Test
  void whatCameBackIsStillLockedUntilTheNextDay() {
    under(new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK));
    open("-1000");

    assertThat(open("-10")).isEmpty();
    assertThat(state.hardest()).hasValueSatisfying(tier -> assertThat(tier.tier()).isEqualTo(LOCK));

    var next = newDay("2024-01-10T23:00:00Z");
    assertThat(cleared(next)).contains("LOCK NEW_DAY");
    assertThat(state.hardest()).isEmpty();
  }

  @Test
  void realizedLossesIgnoreWhatIsOpen() {
    under(
        new DailyLoss("daily", money("500"), Basis.REALIZED, false, List.of(new Step(100, BLOCK))));

    assertThat(open("-5000")).isEmpty();
    assertThat(tiers(closed("-500"))).containsExactly("BLOCK 100");
  }

  @Test
  void aTrailingDaysLossIsMeasuredFromTheDaysBestEvenIfNobodyLookedThen() {
    under(
        new DailyLoss(
            "give-back", money("800"), Basis.EQUITY, true, List.of(new Step(100, LIQUIDATE))));
    decide();

    highest = money("50500"); // between two looks
    assertThat(tiers(open("-287.5"))).isEmpty();
    assertThat(tiers(open("-300"))).containsExactly("LIQUIDATE 100");
  }

  @Test
  void aDrawdownThatTrailsTheEndOfDayStopsAtItsLevel() {
    under(
        new Drawdown(
            "drawdown",
            money("2000"),
            Trail.END_OF_DAY,
            money("50100"),
            List.of(new Step(90, WARN), new Step(100, LOCK))));
    decide();

    assertThat(open("4000")).as("an intraday high moves nothing").allMatch(this::isPeak);
    assertThat(remaining()).isEqualByComparingTo("6000");
    balance = money("51500");
    open = BigDecimal.ZERO;
    newDay("2024-01-10T23:00:00Z");
    assertThat(remaining()).isEqualByComparingTo("2000"); // floor 49,500
    balance = money("53000");
    newDay("2024-01-11T23:00:00Z");
    assertThat(remaining()).isEqualByComparingTo("2900"); // floor 50,100, not 51,000
    balance = money("60000");
    newDay("2024-01-12T23:00:00Z");
    assertThat(remaining()).isEqualByComparingTo("9900");

    assertThat(tiers(open("-9887.5"))).containsExactly("WARN 90");
    var facts = open("-9900");
    assertThat(tiers(facts)).containsExactly("LOCK 100");
    assertThat(reached(facts).until()).as("for good").isNull();
    open = BigDecimal.ZERO;
    assertThat(cleared(newDay("2024-01-16T23:00:00Z"))).containsExactly("WARN NEW_DAY");
    assertThat(state.tierOf("drawdown")).isEqualTo(LOCK);
  }

  @Test
  void anIntradayDrawdownFollowsEveryTick() {
    under(
        new Drawdown(
            "drawdown", money("2000"), Trail.INTRADAY, null, List.of(new Step(100, LOCK))));
    open("812.5");
    assertThat(state.peak()).isEqualByComparingTo("50812.5");

    assertThat(tiers(open("-1175"))).isEmpty();
    assertThat(tiers(open("-1187.5"))).containsExactly("LOCK 100");
  }

  @Test
  void aPeakIsWrittenBeforeTheBreachThatFollowsFromIt() {
    under(
        new Drawdown(
            "drawdown", money("2000"), Trail.INTRADAY, null, List.of(new Step(100, LOCK))));
    decide();
    highest = money("50812.5");
    balance = money("48812.5");

    var facts = decider().decide(state, standing(), false);

    assertThat(facts).hasSize(2);
    assertThat(facts.getFirst()).isInstanceOf(RiskFact.PeakRaised.class);
    assertThat(facts.getLast()).isInstanceOf(TierReached.class);
  }

  @Test
  void lotsInDoubtCountTheWorseWay() {
    under(
        new MaxContracts(
            "lots", 5, List.of(), List.of(new Step(100, BLOCK), new Step(101, LIQUIDATE))));
    contracts = 4;
    assertThat(tiers(decide())).isEmpty();
    contracts = 5;
    assertThat(tiers(decide())).containsExactly("BLOCK 100");
    contracts = 6;
    inDoubt = 1;
    var facts = decide();
    assertThat(tiers(facts)).containsExactly("LIQUIDATE 101");
    var first = reached(facts).id();

    contracts = 2;
    assertThat(cleared(decide())).containsExactly("BLOCK BACK_WITHIN", "LIQUIDATE BACK_WITHIN");
    contracts = 6;
    assertThat(decide())
        .filteredOn(TierReached.class::isInstance)
        .extracting(fact -> ((TierReached) fact).id())
        .contains(first + "-2");
  }

  @Test
  void aBreachWhileAnOrderIsInDoubtIsDecidedAllTheSame() {
    under(new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK));
    inDoubt = 1;

    assertThat(tiers(open("-1000"))).contains("LOCK 100");
  }

  @Test
  void tradesAreCountedByTheDay() {
    under(new TradeCount("trades", 3, List.of(new Step(100, BLOCK))));
    trades = 2;
    assertThat(tiers(decide())).isEmpty();
    trades = 3;
    assertThat(tiers(decide())).containsExactly("BLOCK 100");
    trades = 0;
    assertThat(cleared(newDay("2024-01-10T23:00:00Z"))).containsExactly("BLOCK NEW_DAY");
  }

  /** Nobody has heard a price for hours; the venue's clock goes on. */
  @Test
  void theHourFlattensWithAMuteFeed() {
    under(hours());
    contracts = 2;

    at("2024-01-10T20:59:59Z");
    assertThat(tiers(decide())).isEmpty();
    at("2024-01-10T21:00:00Z"); // 15:00 in Chicago
    assertThat(tiers(decide())).containsExactly("BLOCK 100");
    at("2024-01-10T21:10:00Z");
    var facts = decide();
    assertThat(tiers(facts)).containsExactly("LIQUIDATE 100");
    assertThat(reached(facts).until()).isEqualTo(Instant.parse("2024-01-10T23:00:00Z"));
    assertThat(cleared(newDay("2024-01-10T23:00:00Z")))
        .containsExactly("BLOCK NEW_DAY", "LIQUIDATE NEW_DAY");
  }

  @Test
  void theHourFollowsTheClockOfTheExchangeOverTheChange() {
    assertThat(hours().tierAt(Instant.parse("2024-03-08T21:10:00Z"))).isEqualTo(LIQUIDATE);
    assertThat(hours().tierAt(Instant.parse("2024-03-08T21:09:59Z"))).isEqualTo(BLOCK);
    // the clocks went forward on Sunday
    assertThat(hours().tierAt(Instant.parse("2024-03-11T20:09:59Z"))).isEqualTo(BLOCK);
    assertThat(hours().tierAt(Instant.parse("2024-03-11T20:10:00Z"))).isEqualTo(LIQUIDATE);
    assertThat(hours().tierAt(Instant.parse("2024-03-11T22:00:00Z"))).isNull();
    assertThat(hours().reopens(Instant.parse("2024-03-11T20:10:00Z")))
        .isEqualTo(Instant.parse("2024-03-11T22:00:00Z"));
  }

  @Test
  void onADayThatClosesEarlyEverythingIsFlatAsLongBeforeTheClose() {
    // the day after Thanksgiving closes at 12:00 in Chicago: flat at 11:10
    assertThat(hours().tierAt(Instant.parse("2024-11-29T17:09:59Z"))).isEqualTo(BLOCK);
    assertThat(hours().tierAt(Instant.parse("2024-11-29T17:10:00Z"))).isEqualTo(LIQUIDATE);
    assertThat(hours().tierAt(Instant.parse("2024-11-29T16:59:59Z"))).isNull();
  }

  @Test
  void aLockOfTheDayBeforeTheClocksChangeEndsOnTheExchangesClock() {
    under(new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK));
    at("2024-03-11T15:00:00Z"); // the first Monday of summer time
    assertThat(reached(open("-1000")).until()).isEqualTo(Instant.parse("2024-03-11T22:00:00Z"));
  }

  /** One that leads to a breach of a rule, and back. */
  private record Scenario(
      Function<List<Step>, RiskRule> rule, Runnable before, Runnable breach, Runnable back) {}

  /** What is reached, until when, what ends once the limit is kept again, what with the day. */
  @Test
  void everyRuleLeadsToEveryTierAndEachEndsInItsTime() {
    var scenarios = new LinkedHashMap<String, Scenario>();
    scenarios.put(
        "daily loss, realized",
        new Scenario(
            steps -> new DailyLoss("r", money("1000"), Basis.REALIZED, false, steps),
            () -> balance = money("49000.5"),
            () -> balance = money("49000"),
            () -> balance = money("50000")));
    scenarios.put(
        "daily loss, realized, trailing",
        new Scenario(
            steps -> new DailyLoss("r", money("1000"), Basis.REALIZED, true, steps),
            () -> balance = money("50600"),
            () -> balance = money("49600"),
            () -> balance = money("50600")));
    scenarios.put(
        "daily loss, equity",
        new Scenario(
            steps -> new DailyLoss("r", money("1000"), Basis.EQUITY, false, steps),
            () -> open = money("-999.5"),
            () -> open = money("-1000"),
            () -> open = money("0")));
    scenarios.put(
        "daily loss, equity, trailing",
        new Scenario(
            steps -> new DailyLoss("r", money("1000"), Basis.EQUITY, true, steps),
            () -> open = money("600"),
            () -> open = money("-400"),
            () -> open = money("600")));
    scenarios.put(
        "drawdown, end of day",
        new Scenario(
            steps -> new Drawdown("r", money("2000"), Trail.END_OF_DAY, null, steps),
            () -> open = money("900"),
            () -> open = money("-2000"),
            () -> open = money("0")));
    scenarios.put(
        "drawdown, intraday",
        new Scenario(
            steps -> new Drawdown("r", money("2000"), Trail.INTRADAY, null, steps),
            () -> open = money("900"),
            () -> open = money("-1100"),
            () -> open = money("0")));
    scenarios.put(
        "contracts",
        new Scenario(
            steps -> new MaxContracts("r", 5, List.of(), steps),
            () -> contracts = 4,
            () -> contracts = 5,
            () -> contracts = 0));
    scenarios.put(
        "contracts, scaled",
        new Scenario(
            steps -> new MaxContracts("r", 5, List.of(new Rung(money("1000"), 9)), steps),
            () -> contracts = 4,
            () -> contracts = 5,
            () -> contracts = 0));
    scenarios.put(
        "trades",
        new Scenario(
            steps -> new TradeCount("r", 3, steps),
            () -> trades = 2,
            () -> trades = 3,
            () -> trades = 0));
    var found = new StringBuilder();
    scenarios.forEach(
        (name, scenario) -> {
          for (var tier : Tier.values())
            found.append(name).append(": ").append(played(scenario, tier)).append('\n');
        });

    assertThat(found)
        .hasToString(
            """
            daily loss, realized: WARN until the day's end, then stands, next day ends
            daily loss, realized: BLOCK until the day's end, then stands, next day ends
            daily loss, realized: LIQUIDATE until the day's end, then stands, next day ends
            daily loss, realized: LOCK until the day's end, then stands, next day ends
            daily loss, realized, trailing: WARN until the day's end, then stands, next day ends
            daily loss, realized, trailing: BLOCK until the day's end, then stands, next day ends
            daily loss, realized, trailing: LIQUIDATE until the day's end, then stands, next day ends
            daily loss, realized, trailing: LOCK until the day's end, then stands, next day ends
            daily loss, equity: WARN until the day's end, then stands, next day ends
            daily loss, equity: BLOCK until the day's end, then stands, next day ends
            daily loss, equity: LIQUIDATE until the day's end, then stands, next day ends
            daily loss, equity: LOCK until the day's end, then stands, next day ends
            daily loss, equity, trailing: WARN until the day's end, then stands, next day ends
            daily loss, equity, trailing: BLOCK until the day's end, then stands, next day ends
            daily loss, equity, trailing: LIQUIDATE until the day's end, then stands, next day ends
            daily loss, equity, trailing: LOCK until the day's end, then stands, next day ends
            drawdown, end of day: WARN until the day's end, then stands, next day ends
            drawdown, end of day: BLOCK until the day's end, then stands, next day ends
            drawdown, end of day: LIQUIDATE until the day's end, then stands, next day ends
            drawdown, end of day: LOCK until for good, then stands, next day stands
            drawdown, intraday: WARN until the day's end, then stands, next day ends
            drawdown, intraday: BLOCK until the day's end, then stands, next day ends
            drawdown, intraday: LIQUIDATE until the day's end, then stands, next day ends
            drawdown, intraday: LOCK until for good, then stands, next day stands
            contracts: WARN until the day's end, then ends, next day none
            contracts: BLOCK until the day's end, then ends, next day none
            contracts: LIQUIDATE until the day's end, then ends, next day none
            contracts: LOCK until the day's end, then stands, next day ends
            contracts, scaled: WARN until the day's end, then ends, next day none
            contracts, scaled: BLOCK until the day's end, then ends, next day none
            contracts, scaled: LIQUIDATE until the day's end, then ends, next day none
            contracts, scaled: LOCK until the day's end, then stands, next day ends
            trades: WARN until the day's end, then stands, next day ends
            trades: BLOCK until the day's end, then stands, next day ends
            trades: LIQUIDATE until the day's end, then stands, next day ends
            trades: LOCK until the day's end, then stands, next day ends
            """);
  }

  private String played(Scenario scenario, Tier tier) {
    state = RiskState.NONE;
    at("2024-01-10T18:00:00Z");
    start = money("50000");
    balance = start;
    open = BigDecimal.ZERO;
    highest = start;
    bestRealized = BigDecimal.ZERO;
    contracts = 0;
    trades = 0;
    under(scenario.rule().apply(List.of(new Step(100, tier))));
    scenario.before().run();
    assertThat(tiers(decide())).isEmpty();
    scenario.breach().run();
    var reached = decide();
    assertThat(tiers(reached)).containsExactly(tier + " 100");
    var until = reached(reached).until();
    scenario.back().run();
    var back = cleared(decide());
    var next = cleared(newDay("2024-01-10T23:00:00Z"));
    return "%s until %s, then %s, next day %s"
        .formatted(
            tier,
            until == null
                ? "for good"
                : until.equals(Instant.parse("2024-01-10T23:00:00Z")) ? "the day's end" : until,
            back.isEmpty() ? "stands" : "ends",
            state.tierOf("r") == null ? (next.isEmpty() ? "none" : "ends") : "stands");
  }

  /** Money comes and goes in the middle of a day on which some of every limit is used. */
  @Test
  void anAdjustmentIsNeitherProfitNorLossToAnyRule() {
    program =
        new RiskProgram(
            "test",
            1,
            "Test",
            List.of(
                new DailyLoss("realized", money("5000"), Basis.REALIZED, false, WARN_AND_LOCK),
                new DailyLoss("realized-best", money("5000"), Basis.REALIZED, true, WARN_AND_LOCK),
                new DailyLoss("equity", money("5000"), Basis.EQUITY, false, WARN_AND_LOCK),
                new DailyLoss("equity-best", money("5000"), Basis.EQUITY, true, WARN_AND_LOCK),
                new Drawdown("end-of-day", money("5000"), Trail.END_OF_DAY, null, WARN_AND_LOCK),
                new Drawdown("intraday", money("5000"), Trail.INTRADAY, null, WARN_AND_LOCK),
                new Drawdown(
                    "stopped", money("2000"), Trail.INTRADAY, money("50000"), WARN_AND_LOCK),
                new MaxContracts(
                    "lots", 2, List.of(new Rung(money("1000"), 4)), List.of(new Step(100, BLOCK))),
                new Consistency("consistency", 50, List.of(new Step(100, WARN)))));
    decide();
    closed("1500");
    newDay("2024-01-10T23:00:00Z");
    open("900");
    closed("400");
    open("-200");
    var before = decider().uses(state, standing());
    assertThat(before.get(7).limit())
        .as("what was made earned two lots more")
        .isEqualByComparingTo("4");

    for (var amount : List.of("10000", "-13000", "0.5")) {
      adjust(amount);
      assertThat(tiers(decide())).as("after %s", amount).isEmpty();
      assertThat(decider().uses(state, standing()))
          .as("after %s", amount)
          .usingRecursiveComparison()
          .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
          .isEqualTo(before);
    }
    assertThat(balance).isEqualByComparingTo("48900.5");
    newDay("2024-01-11T23:00:00Z");
    assertThat(state.capital().bestDay())
        .as("no day made what was paid in")
        .isEqualByComparingTo("1500");
  }

  @Test
  void whatAQuoteSawBeforeADepositIsNoBreachAfterIt() {
    under(
        new Drawdown(
            "drawdown", money("2000"), Trail.INTRADAY, null, List.of(new Step(100, LOCK))));
    decide();
    open("-900");
    var seen = standing();
    adjust("5000");

    assertThat(tiers(decider().decide(state, seen, false)))
        .as("as it was seen")
        .containsExactly("LOCK 100");
    assertThat(decider().decide(state, seen.movedBy(money("5000")), false)).isEmpty();
    assertThat(decider().uses(state, seen.movedBy(money("5000"))))
        .isEqualTo(decider().uses(state, standing()));
  }

  @Test
  void anAccountThatStartsOverIsUnlockedAndBeginsWithAllOfItsLimits() {
    under(new Drawdown("drawdown", money("2000"), Trail.END_OF_DAY, money("50000"), WARN_AND_LOCK));
    decide();
    adjust("700");
    closed("-2000");
    var first = state.hardest().orElseThrow();
    assertThat(first.tier()).isEqualTo(LOCK);

    startOver("50000");
    assertThat(state.hardest()).isEmpty();
    assertThat(decide()).isEmpty();
    assertThat(remaining()).isEqualByComparingTo("2000");
    assertThat(state.peak()).isEqualByComparingTo("50000");
    assertThat(state.capital().paidIn()).as("adjustments begin anew").isEqualByComparingTo("50000");

    closed("-2000");
    assertThat(state.hardest().orElseThrow().id())
        .as("the same step on the same day once more")
        .isEqualTo(first.id() + "-2");
  }

  @Test
  void whatTheAccountMadeUntilTheDayBeganSaysHowManyLotsItMayHold() {
    under(
        new MaxContracts(
            "lots",
            5,
            List.of(new Rung(money("1500"), 10), new Rung(money("3000"), 15)),
            List.of(new Step(100, BLOCK), new Step(101, LIQUIDATE))));
    contracts = 5;
    assertThat(tiers(decide())).containsExactly("BLOCK 100");
    assertThat(tiers(closed("2000"))).as("not before the day is over").isEmpty();
    assertThat(most()).isEqualTo(5);

    newDay("2024-01-10T23:00:00Z");
    assertThat(state.hardest()).isEmpty();
    assertThat(most()).isEqualTo(10);
    closed("-500.5");
    assertThat(most()).isEqualTo(10);
    newDay("2024-01-11T23:00:00Z");
    assertThat(most()).as("it was lost again").isEqualTo(5);
    adjust("5000");
    assertThat(most()).as("what is paid in is not earned").isEqualTo(5);
    balance = balance.add(money("1500.5"));
    newDay("2024-01-12T23:00:00Z");
    assertThat(most()).isEqualTo(15);
    startOver("50000");
    assertThat(most()).isEqualTo(5);
  }

  @Test
  void aBestDayThatIsTooMuchOfAllProfitIsSaidAndHowMuchMoreIsNeeded() {
    under(new Consistency("consistency", 50, List.of(new Step(80, WARN), new Step(100, WARN))));
    assertThat(tiers(decide())).isEmpty();
    assertThat(share()).as("nothing made").isEqualTo("0 %, 0 needed");

    assertThat(tiers(closed("1000"))).containsExactly("WARN 80", "WARN 100");
    assertThat(share()).isEqualTo("100 %, 1000 needed");
    newDay("2024-01-10T23:00:00Z");
    closed("600");
    assertThat(share()).isEqualTo("62.5 %, 400 needed");
    newDay("2024-01-11T23:00:00Z");
    var kept = closed("401");
    assertThat(cleared(kept)).containsExactly("WARN BACK_WITHIN");
    assertThat(share()).isEqualTo("49.98 %, 0 needed");
    newDay("2024-01-12T23:00:00Z");
    closed("-1500");
    assertThat(share()).isEqualTo("100 %, 1499 needed");
    assertThat(state.hardest().orElseThrow().tier()).isEqualTo(WARN);
    startOver("50000");
    assertThat(share()).isEqualTo("0 %, 0 needed");
  }

  private String share() {
    var use = decider().uses(state, standing()).getFirst();
    return "%s %%, %s needed"
        .formatted(
            use.used().stripTrailingZeros().toPlainString(),
            use.needed().stripTrailingZeros().toPlainString());
  }

  private Long most() {
    return decider().maxContracts(state, standing());
  }

  private void adjust(String amount) {
    apply(
        List.of(
            new AccountAdjusted("a", Adjustment.CORRECTION, money(amount), "a test", "tester")));
    start = start.add(money(amount));
    balance = balance.add(money(amount));
    highest = highest.add(money(amount));
  }

  private void startOver(String startBalance) {
    var settled = balance.subtract(money("50000"));
    open = BigDecimal.ZERO;
    apply(
        List.of(
            new AccountReset(
                "r",
                money(startBalance),
                settled,
                TradingCalendar.of(time),
                Results.NONE,
                "a test",
                "tester")));
    start = money(startBalance);
    balance = start;
    highest = start;
    bestRealized = BigDecimal.ZERO;
  }

  @Test
  void theSameStandingGivesTheSameIdsAndAnotherVersionOthers() {
    var rule = new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK);
    under(rule);
    open = money("-1000");
    var once = decider().decide(state, standing(), false);
    assertThat(decider().decide(state, standing(), false)).isEqualTo(once);
    apply(once);

    program = new RiskProgram("test", 2, "Test", List.of(rule));
    var newer = decide();
    assertThat(cleared(newer)).contains("LOCK PROGRAM_CHANGED");
    assertThat(reached(newer).id()).isNotEqualTo(reached(once).id());
  }

  @Test
  void distancesAreInMoneyAndInTicksOfTheOnlyPosition() {
    under(new DailyLoss("daily", money("1000"), Basis.EQUITY, false, WARN_AND_LOCK));
    contracts = 2;
    open = money("-240");
    var use = decider().uses(state, standing()).getFirst();

    assertThat(use.remaining()).isEqualByComparingTo("760");
    assertThat(use.percent()).isEqualTo(24);
    assertThat(use.ticks()).as("760 at 25 a tick").isEqualTo(30);
  }

  private static Hours hours() {
    return new Hours(
        "hours",
        LocalTime.of(17, 0),
        LocalTime.of(15, 0),
        LocalTime.of(15, 10),
        List.of(new Step(100, BLOCK), new Step(100, LIQUIDATE)));
  }

  private void under(RiskRule rule) {
    program = new RiskProgram("test", 1, "Test", List.of(rule));
  }

  private void at(String venueTime) {
    time = Instant.parse(venueTime);
  }

  private List<RiskFact> open(String pnl) {
    open = money(pnl);
    return decide();
  }

  private List<RiskFact> closed(String pnl) {
    open = BigDecimal.ZERO;
    balance = start.add(money(pnl));
    return decide();
  }

  private List<RiskFact> newDay(String venueTime) {
    at(venueTime);
    start = balance.add(open);
    highest = start;
    bestRealized = BigDecimal.ZERO;
    return decide();
  }

  private List<RiskFact> decide() {
    highest = highest.max(balance.add(open));
    bestRealized = bestRealized.max(balance.subtract(start));
    var facts = decider().decide(state, standing(), true);
    apply(facts);
    return facts.stream()
        .filter(fact -> !(fact instanceof AccountOpened) && !(fact instanceof RiskFact.DayStarted))
        .toList();
  }

  private void apply(List<RiskFact> facts) {
    for (var fact : facts) state = state.evolve(fact);
  }

  private RiskDecider decider() {
    return new RiskDecider(ALICE, program, money("50000"));
  }

  private Standing standing() {
    return new Standing(
        time,
        TradingCalendar.of(time),
        start,
        start,
        balance,
        balance.add(open),
        balance.subtract(start),
        open,
        highest,
        bestRealized,
        contracts,
        trades,
        inDoubt,
        contracts == 0 ? null : money("12.5").multiply(BigDecimal.valueOf(contracts)),
        List.of());
  }

  private boolean isPeak(RiskFact fact) {
    return fact instanceof RiskFact.PeakRaised;
  }

  private BigDecimal remaining() {
    return decider().uses(state, standing()).getFirst().remaining();
  }

  private static List<String> tiers(List<RiskFact> facts) {
    var texts = new ArrayList<String>();
    for (var fact : facts)
      if (fact instanceof TierReached tier) texts.add(tier.tier() + " " + tier.percent());
    return texts;
  }

  private static List<String> cleared(List<RiskFact> facts) {
    var texts = new ArrayList<String>();
    for (var fact : facts)
      if (fact instanceof TierCleared tier) texts.add(tier.tier() + " " + tier.why());
    return texts;
  }

  private static TierReached reached(List<RiskFact> facts) {
    return facts.stream()
        .filter(TierReached.class::isInstance)
        .map(TierReached.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
