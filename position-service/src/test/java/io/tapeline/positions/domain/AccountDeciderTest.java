package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Side;
import io.tapeline.positions.domain.AccountCommand.Adjust;
import io.tapeline.positions.domain.AccountCommand.Reset;
import io.tapeline.positions.domain.AccountDecider.Refusal;
import io.tapeline.positions.domain.AccountDecider.Ruling;
import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountOpened;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.Adjustment;
import io.tapeline.positions.domain.RiskFact.DayStarted;
import io.tapeline.positions.domain.RiskFact.TierCleared;
import io.tapeline.positions.domain.RiskFact.TierReached;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What admins may do to an account, and when not. */
class AccountDeciderTest {
  private static final AccountId ALICE = new AccountId("ALICE");
  private static final LocalDate DAY = LocalDate.parse("2024-01-10");
  private static final Results EVER = new Results(9, 4, 5, money("800"), money("2300"), 6, 3, 1, 2);

  private AccountState state = AccountState.empty(ALICE);
  private BigDecimal equity = money("48500");

  AccountDeciderTest() {
    var risk = RiskState.NONE;
    risk = risk.evolve(new AccountOpened(money("50000"), "eval-50k", 1));
    risk = risk.evolve(new DayStarted(DAY, money("49000"), money("49000")));
    state = state.with(risk);
  }

  @Test
  void aDepositIsTaken() {
    assertThat(ruling(adjust("1500.25")))
        .isEqualTo(
            new Ruling.Accepted(
                List.of(
                    new AccountAdjusted(
                        "c", Adjustment.CORRECTION, money("1500.25"), "why", "ann"))));
  }

  @Test
  void noMoreIsPaidOutThanThereIsWithWhatIsOpen() {
    assertThat(ruling(adjust("-48500"))).isInstanceOf(Ruling.Accepted.class);
    assertThat(refusal(adjust("-48500.01"))).isEqualTo(Refusal.INSUFFICIENT_FUNDS);

    equity = money("20000");
    assertThat(refusal(adjust("-20000.01"))).isEqualTo(Refusal.INSUFFICIENT_FUNDS);
  }

  @Test
  void whoHoldsSomethingDoesNotStartOver() {
    var positions = new TreeMap<>(state.fold().positions());
    positions.put(
        ES.symbol(), Position.untraded(ES).plus(Contracts.fill(ES, 1, Side.BUY, 1, "4800.00")));
    state = state.with(new AccountFold(ALICE, 1, positions, Permission.ALL));

    assertThat(refusal(reset(null))).isEqualTo(Refusal.NOT_FLAT);
    assertThat(ruling(adjust("10"))).as("money may still come").isInstanceOf(Ruling.Accepted.class);
  }

  @Test
  void whoMayStillTradeSomethingDoesNotStartOver() {
    var id = new ClOrdId("w1");
    state =
        state.with(
            Map.of(id, new WorkingOrder(id, ES.symbol(), Side.BUY, 1, null, null, false, false)));

    assertThat(refusal(reset(null))).isEqualTo(Refusal.ORDERS_WORKING);
  }

  @Test
  void aLockWithAnEndIsNotUndoneEarlyAndOneForGoodIs() {
    state = state.with(state.risk().evolve(locked("risk-1", RiskKind.DRAWDOWN, null)));
    assertThat(ruling(reset(null))).isInstanceOf(Ruling.Accepted.class);

    state =
        state.with(state.risk().evolve(locked("risk-2", RiskKind.DAILY_LOSS, NOON.plusSeconds(1))));
    assertThat(refusal(reset(null))).isEqualTo(Refusal.LOCKED_UNTIL);
  }

  @Test
  void whatStandsStillIsNotTouched() {
    state = state.with(new Quarantine(7, Quarantine.GAP, "seq 7 is missing", NOON));

    assertThat(refusal(adjust("10"))).isEqualTo(Refusal.ACCOUNT_QUARANTINED);
    assertThat(refusal(reset(null))).isEqualTo(Refusal.ACCOUNT_QUARANTINED);
  }

  @Test
  void whoStartsOverEndsItsTiersAndLeavesBehindWhatItMade() {
    state = state.with(state.risk().evolve(locked("risk-1", RiskKind.DRAWDOWN, null)));

    assertThat(ruling(reset("25000")))
        .isEqualTo(
            new Ruling.Accepted(
                List.of(
                    new TierCleared("risk-1", "r", Tier.LOCK, RiskFact.Why.ACCOUNT_RESET),
                    new AccountReset(
                        "c", money("25000"), money("-1512.4"), DAY, EVER, "why", "ann"))));
    assertThat(((Ruling.Accepted) ruling(reset(null))).facts().getLast())
        .as("with what it started with")
        .isInstanceOfSatisfying(
            AccountReset.class,
            fact -> assertThat(fact.startBalance()).isEqualByComparingTo("50000"));
  }

  @Test
  void countsOfTheDayAreLeftBehindOnThatDayAlone() {
    var capital =
        Capital.opened(money("50000"))
            .reset(new AccountReset("c", money("50000"), money("-1512.4"), DAY, EVER, "", ""));
    var later = new Results(11, 5, 6, money("900"), money("2400"), 8, 5, 2, 3);

    assertThat(capital.since(later, DAY))
        .isEqualTo(new Results(2, 1, 1, money("100"), money("100"), 2, 2, 1, 1));
    assertThat(capital.since(later, DAY.plusDays(1)))
        .isEqualTo(new Results(2, 1, 1, money("100"), money("100"), 8, 5, 2, 3));
    assertThat(capital.since(Results.NONE, DAY))
        .as("a bust takes back what was left behind")
        .isEqualTo(Results.NONE);
  }

  private static TierReached locked(String id, RiskKind kind, @Nullable Instant until) {
    return new TierReached(
        id, "r", kind, Tier.LOCK, 100, "eval-50k", 1, DAY, until, money("2000"), money("2000"));
  }

  private Refusal refusal(AccountCommand command) {
    return ((Ruling.Refused) ruling(command)).reason();
  }

  private Ruling ruling(AccountCommand command) {
    return AccountDecider.decide(
        state,
        new Standing(
            NOON,
            DAY,
            money("49000"),
            money("49000"),
            money("48500"),
            equity,
            money("-500"),
            BigDecimal.ZERO,
            money("49000"),
            BigDecimal.ZERO,
            0,
            3,
            0,
            null,
            List.of()),
        EVER,
        new Totals(money("-1500"), BigDecimal.ZERO, money("12.4")),
        command);
  }

  private static Adjust adjust(String amount) {
    return new Adjust("c", Adjustment.CORRECTION, money(amount), "why", "ann");
  }

  private static Reset reset(@Nullable String startBalance) {
    return new Reset("c", startBalance == null ? null : money(startBalance), "why", "ann");
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
