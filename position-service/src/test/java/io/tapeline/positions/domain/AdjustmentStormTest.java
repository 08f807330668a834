package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Tier.BLOCK;
import static io.tapeline.positions.domain.Tier.LIQUIDATE;
import static io.tapeline.positions.domain.Tier.LOCK;
import static io.tapeline.positions.domain.Tier.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.Adjustment;
import io.tapeline.positions.domain.RiskRule.Basis;
import io.tapeline.positions.domain.RiskRule.Consistency;
import io.tapeline.positions.domain.RiskRule.DailyLoss;
import io.tapeline.positions.domain.RiskRule.Drawdown;
import io.tapeline.positions.domain.RiskRule.MaxContracts;
import io.tapeline.positions.domain.RiskRule.Rung;
import io.tapeline.positions.domain.RiskRule.Step;
import io.tapeline.positions.domain.RiskRule.Trail;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two accounts trade alike through days, locks and fresh starts; to one of them money comes and
 * goes all the while. Their rules must not know them apart.
 */
class AdjustmentStormTest {
  private static final List<Step> STEPS =
      List.of(
          new Step(80, WARN), new Step(90, BLOCK), new Step(95, LIQUIDATE), new Step(100, LOCK));
  private static final RiskProgram PROGRAM =
      new RiskProgram(
          "storm",
          1,
          "Storm",
          List.of(
              new DailyLoss("a", money(700), Basis.REALIZED, false, STEPS),
              new DailyLoss("b", money(700), Basis.REALIZED, true, STEPS),
              new DailyLoss("c", money(700), Basis.EQUITY, false, STEPS),
              new DailyLoss("d", money(700), Basis.EQUITY, true, STEPS),
              new Drawdown("e", money(1500), Trail.END_OF_DAY, money(50_000), STEPS),
              new Drawdown("f", money(1500), Trail.INTRADAY, null, STEPS),
              new MaxContracts("g", 2, List.of(new Rung(money(300), 4)), STEPS),
              new Consistency("h", 40, List.of(new Step(100, WARN)))));

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void moneyThatComesAndGoesMovesNoRuleAndTheJournalAloneLeadsToTheSameState(long seed) {
    var random = new Random(seed);
    var moved = new Account();
    var left = new Account();
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(12)) {
        case 0, 1 -> moved.adjust(money(random.nextInt(-3_000, 3_000)));
        case 2 -> both(moved, left, Account::nextDay);
        case 3 -> {
          if (random.nextInt(6) == 0) both(moved, left, Account::startOver);
        }
        case 4, 5, 6 -> {
          long pnl = random.nextLong(-300, 330);
          both(moved, left, account -> account.close(pnl));
        }
        default -> {
          long pnl = random.nextLong(-400, 400);
          long lots = random.nextLong(5);
          both(moved, left, account -> account.open(pnl, lots));
        }
      }
      assertThat(moved.decide()).as("step %d", step).isEqualTo(left.decide());
      assertThat(moved.uses()).as("step %d", step).isEqualTo(left.uses());
    }
    var again = RiskState.NONE;
    for (var fact : moved.journal) again = again.evolve(fact);
    assertThat(again).isEqualTo(moved.state);
    assertThat(moved.tiers).as("something happened").isPositive();
  }

  private static void both(Account a, Account b, java.util.function.Consumer<Account> what) {
    what.accept(a);
    what.accept(b);
  }

  private static BigDecimal money(long amount) {
    return BigDecimal.valueOf(amount);
  }

  private static final class Account {
    private final RiskDecider decider =
        new RiskDecider(new AccountId("STORM"), PROGRAM, money(50_000));
    private final List<RiskFact> journal = new ArrayList<>();
    private RiskState state = RiskState.NONE;
    private Instant time = Instant.parse("2024-01-10T18:00:00Z");
    private BigDecimal start = money(50_000);
    private BigDecimal startOpen = BigDecimal.ZERO;
    private BigDecimal balance = start;
    private BigDecimal open = BigDecimal.ZERO;
    private BigDecimal highest = start;
    private BigDecimal bestRealized = BigDecimal.ZERO;
    private long lots;
    private int tiers;

    void adjust(BigDecimal amount) {
      if (state.capital() == null) return;
      write(new AccountAdjusted("a", Adjustment.CORRECTION, amount, "storm", "tester"));
      start = start.add(amount);
      balance = balance.add(amount);
      highest = highest.add(amount);
    }

    void startOver() {
      if (state.capital() == null) return;
      var settled = balance.subtract(state.capital().base());
      write(
          new AccountReset(
              "r",
              money(50_000),
              settled,
              TradingCalendar.of(time),
              Results.NONE,
              "storm",
              "tester"));
      balance = state.capital().base().add(settled);
      open = BigDecimal.ZERO;
      lots = 0;
      begin();
    }

    void nextDay() {
      do time = time.plus(Duration.ofHours(24));
      while (TradingCalendar.day(time).date().equals(state.day()));
      begin();
    }

    private void begin() {
      start = balance;
      startOpen = open;
      highest = balance.add(open);
      bestRealized = BigDecimal.ZERO;
    }

    void close(long pnl) {
      balance = balance.add(money(pnl));
      open = BigDecimal.ZERO;
      lots = 0;
    }

    void open(long pnl, long held) {
      open = money(pnl);
      lots = held;
    }

    List<String> decide() {
      highest = highest.max(balance.add(open));
      bestRealized = bestRealized.max(balance.subtract(start));
      var facts = decider.decide(state, standing(), true);
      facts.forEach(this::write);
      var said = new ArrayList<String>();
      for (var fact : facts)
        switch (fact) {
          case RiskFact.TierReached tier -> {
            tiers++;
            said.add(tier.id() + tier.limit() + " " + plain(tier.used()) + tier.until());
          }
          case RiskFact.TierCleared tier -> said.add(tier.toString());
          default -> said.add(fact.getClass().getSimpleName());
        }
      return said;
    }

    List<String> uses() {
      return decider.uses(state, standing()).stream()
          .map(
              use ->
                  "%s %s %s %s %s"
                      .formatted(
                          use.rule(),
                          plain(use.limit()),
                          plain(use.used()),
                          plain(use.remaining()),
                          use.needed() == null ? "" : plain(use.needed())))
          .toList();
    }

    private static String plain(BigDecimal money) {
      return money.stripTrailingZeros().toPlainString();
    }

    private void write(RiskFact fact) {
      journal.add(fact);
      state = state.evolve(fact);
    }

    private Standing standing() {
      return new Standing(
          time,
          TradingCalendar.of(time),
          start,
          start.add(startOpen),
          balance,
          balance.add(open),
          balance.subtract(start),
          open.subtract(startOpen),
          highest,
          bestRealized,
          lots,
          0,
          0,
          null,
          List.of());
    }
  }
}
