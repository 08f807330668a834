package io.tapeline.positions.domain;

import static io.tapeline.positions.domain.RiskState.max;

import io.tapeline.model.AccountId;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.RiskFact.AccountOpened;
import io.tapeline.positions.domain.RiskFact.DayStarted;
import io.tapeline.positions.domain.RiskFact.PeakRaised;
import io.tapeline.positions.domain.RiskFact.TierCleared;
import io.tapeline.positions.domain.RiskFact.TierReached;
import io.tapeline.positions.domain.RiskFact.Why;
import io.tapeline.positions.domain.RiskRule.Basis;
import io.tapeline.positions.domain.RiskRule.Consistency;
import io.tapeline.positions.domain.RiskRule.DailyLoss;
import io.tapeline.positions.domain.RiskRule.Drawdown;
import io.tapeline.positions.domain.RiskRule.Hours;
import io.tapeline.positions.domain.RiskRule.MaxContracts;
import io.tapeline.positions.domain.RiskRule.Step;
import io.tapeline.positions.domain.RiskRule.TradeCount;
import io.tapeline.positions.domain.RiskRule.Trail;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's rules lead to at one moment. Pure: the same state and standing always give the
 * same facts, with the same ids.
 *
 * <p>Example: a drawdown of 2,000 that trails the end of the day and stops at 50,100. The account
 * started with 50,000, so the floor is 48,000. A day ends at 51,500: the floor is 49,500. A day
 * ends at 53,000: the floor would be 51,000, but stays at 50,100 for ever.
 */
public final class RiskDecider {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int ID_DIGITS = 12;
  private static final int SHARE_DECIMALS = 2;
  private static final int MONEY_DECIMALS = 2;

  private final AccountId accountId;
  private final RiskProgram program;
  private final BigDecimal startBalance;

  /**
   * @param startBalance with which the account is opened, if it is not
   */
  public RiskDecider(AccountId accountId, RiskProgram program, BigDecimal startBalance) {
    this.accountId = accountId;
    this.program = program;
    this.startBalance = startBalance;
  }

  /**
   * A limit and how much of it is used.
   *
   * @param remaining to where it is used up; more than the limit after a gain
   * @param percent whole, rounded down
   * @param tier as far as reached; null: none
   * @param ticks the market may still move against the only contract; null with none or several
   * @param needed profit until a target is kept, zero when it is; null where there is none
   */
  public record Use(
      String rule,
      RiskKind kind,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal remaining,
      int percent,
      @Nullable Tier tier,
      @Nullable Long ticks,
      @Nullable BigDecimal needed) {}

  /**
   * What has happened by now.
   *
   * @param notePeaks whether a new peak alone is worth a line; with a tier it is always written
   */
  public List<RiskFact> decide(RiskState before, Standing now, boolean notePeaks) {
    var facts = new ArrayList<RiskFact>();
    if (before.capital() == null)
      facts.add(new AccountOpened(startBalance, program.name(), program.version()));
    for (var tier : before.reached())
      if (!tier.program().equals(program.name()) || tier.version() != program.version())
        facts.add(new TierCleared(tier.id(), tier.rule(), tier.tier(), Why.PROGRAM_CHANGED));
    var state = evolved(before, facts, 0);
    if (state.day() == null || now.tradingDay().isAfter(state.day())) {
      int from = facts.size();
      for (var tier : state.reached())
        if (endsWithTheDay(tier))
          facts.add(new TierCleared(tier.id(), tier.rule(), tier.tier(), Why.NEW_DAY));
      facts.add(new DayStarted(now.tradingDay(), now.startBalance(), now.startEquity()));
      state = evolved(state, facts, from);
    }
    var tiers = new ArrayList<RiskFact>();
    for (var rule : program.rules()) tiers(state, now, rule, tiers);
    boolean higher =
        now.highest().compareTo(max(state.peak(), now.startEquity())) > 0
            || now.highest().compareTo(max(state.dayPeak(), now.startEquity())) > 0;
    if (higher && (notePeaks || !tiers.isEmpty()))
      facts.add(
          new PeakRaised(
              now.tradingDay(),
              max(state.dayPeak(), now.highest()),
              max(state.peak(), now.highest())));
    facts.addAll(tiers);
    return facts;
  }

  private static RiskState evolved(RiskState state, List<RiskFact> facts, int from) {
    for (var fact : facts.subList(from, facts.size())) state = state.evolve(fact);
    return state;
  }

  /** Who is over the drawdown stays locked until the account is set up anew. */
  private static boolean endsWithTheDay(TierReached tier) {
    return tier.kind() != RiskKind.DRAWDOWN || tier.tier() != Tier.LOCK;
  }

  private void tiers(RiskState state, Standing now, RiskRule rule, List<RiskFact> facts) {
    var kind = RiskKind.of(rule);
    var limit = limit(rule, state, now);
    var used = used(rule, state, now);
    for (var step : rule.steps()) {
      boolean reached = isReached(rule, step, limit, used, now.venueTime());
      boolean holds = state.holds(rule.id(), step.tier(), step.percent());
      if (reached && !holds) facts.add(reached(state, now, rule, step, limit, used));
      // flattening brings most back within their limit: a lock stands all the same
      if (!reached && holds && kind.comesBack() && step.tier() != Tier.LOCK)
        state.reached().stream()
            .filter(t -> t.rule().equals(rule.id()) && t.tier() == step.tier())
            .filter(t -> t.percent() == step.percent())
            .map(t -> new TierCleared(t.id(), t.rule(), t.tier(), Why.BACK_WITHIN))
            .forEach(facts::add);
    }
  }

  private static boolean isReached(
      RiskRule rule, Step step, BigDecimal limit, BigDecimal used, Instant venueTime) {
    if (rule instanceof Hours hours) {
      var tier = hours.tierAt(venueTime);
      return tier != null && tier.compareTo(step.tier()) >= 0;
    }
    return used.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(step.percent())))
        >= 0;
  }

  private TierReached reached(
      RiskState state, Standing now, RiskRule rule, Step step, BigDecimal limit, BigDecimal used) {
    var kind = RiskKind.of(rule);
    int again =
        state.times().getOrDefault(RiskState.step(rule.id(), step.tier(), step.percent()), 0);
    return new TierReached(
        id(rule, step, now, again),
        rule.id(),
        kind,
        step.tier(),
        step.percent(),
        program.name(),
        program.version(),
        now.tradingDay(),
        until(rule, step, now),
        limit,
        used);
  }

  private String id(RiskRule rule, Step step, Standing now, int again) {
    var text =
        "%s|%s|%d|%s|%s|%d|%s"
            .formatted(
                accountId,
                program.name(),
                program.version(),
                rule.id(),
                step.tier(),
                step.percent(),
                now.tradingDay());
    var id = "risk-" + sha256(text).substring(0, ID_DIGITS);
    return again == 0 ? id : id + "-" + (again + 1);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static @Nullable Instant until(RiskRule rule, Step step, Standing now) {
    if (rule instanceof Hours hours) return hours.reopens(now.venueTime());
    if (rule instanceof Drawdown && step.tier() == Tier.LOCK) return null;
    return TradingCalendar.day(now.tradingDay()).end();
  }

  /** Every limit of the program with its use, in its order. */
  public List<Use> uses(RiskState state, Standing now) {
    return program.rules().stream().map(rule -> use(rule, state, now)).toList();
  }

  private static Use use(RiskRule rule, RiskState state, Standing now) {
    var kind = RiskKind.of(rule);
    var limit = limit(rule, state, now);
    var gone = used(rule, state, now);
    var used = gone.max(BigDecimal.ZERO);
    var remaining = limit.subtract(gone);
    var tick = kind.unit().equals("MONEY") ? now.tickMoney() : null;
    return new Use(
        rule.id(),
        kind,
        limit,
        used,
        remaining,
        used.multiply(HUNDRED).divide(limit, 0, RoundingMode.FLOOR).intValue(),
        state.tierOf(rule.id()),
        tick == null ? null : wholeTicks(remaining, tick),
        rule instanceof Consistency target ? needed(target, state, now) : null);
  }

  private static Long wholeTicks(BigDecimal money, BigDecimal tick) {
    return money.max(BigDecimal.ZERO).divide(tick, 0, RoundingMode.FLOOR).longValue();
  }

  private static BigDecimal limit(RiskRule rule, RiskState state, Standing now) {
    return switch (rule) {
      case DailyLoss daily -> daily.amount();
      case Drawdown drawdown -> drawdown.amount();
      case MaxContracts most -> BigDecimal.valueOf(most.lots(profitAtStart(state, now)));
      case TradeCount count -> BigDecimal.valueOf(count.most());
      case Hours _ -> BigDecimal.valueOf(Duration.ofHours(23).toSeconds());
      case Consistency target -> BigDecimal.valueOf(target.percent());
    };
  }

  /** Below zero while there is more room than the limit itself: after a gain. */
  private static BigDecimal used(RiskRule rule, RiskState state, Standing now) {
    return switch (rule) {
      case DailyLoss daily -> lost(daily, state, now);
      case Drawdown drawdown ->
          drawdown
              .amount()
              .subtract(
                  now.equity()
                      .subtract(drawdown.floor(highest(drawdown, state, now), adjusted(state))));
      case MaxContracts _ -> BigDecimal.valueOf(now.contracts());
      case TradeCount _ -> BigDecimal.valueOf(now.dayTrades());
      case Hours hours -> BigDecimal.valueOf(secondsGone(hours, now.venueTime()));
      case Consistency _ -> shareOfBestDay(state, now);
    };
  }

  /** How many lots the account may hold; null where no rule says so. */
  public @Nullable Long maxContracts(RiskState state, Standing now) {
    return program.maxContracts(profitAtStart(state, now));
  }

  /** What the account had made when the trading day began; what is paid in or out is no profit. */
  private static BigDecimal profitAtStart(RiskState state, Standing now) {
    return state.capital() == null
        ? BigDecimal.ZERO
        : now.startBalance().subtract(state.capital().paidIn());
  }

  private static BigDecimal profit(RiskState state, Standing now) {
    return state.capital() == null
        ? BigDecimal.ZERO
        : now.balance().subtract(state.capital().paidIn());
  }

  private static BigDecimal bestDay(RiskState state, Standing now) {
    return state.capital() == null
        ? BigDecimal.ZERO
        : state.capital().bestDay().max(now.realized());
  }

  /** Of all profit, in percent; all of it where the other days lost. */
  private static BigDecimal shareOfBestDay(RiskState state, Standing now) {
    var best = bestDay(state, now);
    var all = profit(state, now);
    if (best.signum() == 0) return BigDecimal.ZERO;
    return best.compareTo(all) >= 0
        ? HUNDRED
        : best.multiply(HUNDRED).divide(all, SHARE_DECIMALS, RoundingMode.UP);
  }

  /** How much more must be made on other days until the best is no more than its share. */
  private static BigDecimal needed(Consistency target, RiskState state, Standing now) {
    return bestDay(state, now)
        .multiply(HUNDRED)
        .divide(BigDecimal.valueOf(target.percent()), MONEY_DECIMALS, RoundingMode.UP)
        .subtract(profit(state, now))
        .max(BigDecimal.ZERO);
  }

  private static BigDecimal adjusted(RiskState state) {
    return state.capital() == null ? BigDecimal.ZERO : state.capital().adjusted();
  }

  private static BigDecimal lost(DailyLoss daily, RiskState state, Standing now) {
    if (daily.basis() == Basis.REALIZED)
      return daily.trailing()
          ? now.bestRealized().max(BigDecimal.ZERO).subtract(now.realized())
          : now.realized().negate();
    var from =
        daily.trailing()
            ? max(sameDay(state, now) ? state.dayPeak() : null, now.highest())
                .max(now.startEquity())
            : now.startEquity();
    return from.subtract(now.equity());
  }

  private static boolean sameDay(RiskState state, Standing now) {
    return now.tradingDay().equals(state.day());
  }

  private static BigDecimal highest(Drawdown drawdown, RiskState state, Standing now) {
    return drawdown.trail() == Trail.END_OF_DAY
        ? max(state.closePeak(), now.startEquity())
        : max(state.peak(), now.highest()).max(now.startEquity());
  }

  /** Of the 23 hours of a trading day, so that what remains is the time to the flattening. */
  private static long secondsGone(Hours hours, Instant venueTime) {
    var day = TradingCalendar.day(venueTime);
    var end = hours.flattenAt() == null ? hours.closes() : hours.flattenAt();
    long left = Duration.between(venueTime, Hours.beforeClose(day, end)).toSeconds();
    return Math.clamp(Duration.ofHours(23).toSeconds() - left, 0, Duration.ofHours(23).toSeconds());
  }
}
