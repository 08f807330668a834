package io.tapeline.positions.domain;

import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountOpened;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.DayStarted;
import io.tapeline.positions.domain.RiskFact.PeakRaised;
import io.tapeline.positions.domain.RiskFact.TierCleared;
import io.tapeline.positions.domain.RiskFact.TierReached;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account's rules have led to, after {@code no} lines of its risk journal.
 *
 * @param day the trading day begun last
 * @param dayPeak highest equity of that day; {@code peak} ever; {@code closePeak} the highest a day
 *     ended with
 * @param reached the tiers that hold
 * @param times how often each step was reached today: a second time has an id of its own
 * @param capital what the account trades with; null before it was opened
 */
public record RiskState(
    long no,
    @Nullable LocalDate day,
    @Nullable BigDecimal dayPeak,
    @Nullable BigDecimal peak,
    @Nullable BigDecimal closePeak,
    List<TierReached> reached,
    SortedMap<String, Integer> times,
    @Nullable Capital capital) {
  public static final RiskState NONE =
      new RiskState(0, null, null, null, null, List.of(), new TreeMap<>(), null);

  public RiskState {
    reached = List.copyOf(reached);
    times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
  }

  /** The state after one more line. */
  public RiskState evolve(RiskFact fact) {
    var funds = Books.capitalAfter(capital, fact);
    return switch (fact) {
      case AccountOpened _ ->
          new RiskState(no + 1, day, dayPeak, peak, closePeak, reached, times, funds);
      // what trails the equity moves with it, and so keeps its distance
      case AccountAdjusted(_, _, var amount, _, _) ->
          new RiskState(
              no + 1,
              day,
              plus(dayPeak, amount),
              plus(peak, amount),
              plus(closePeak, amount),
              reached,
              times,
              funds);
      // how often a step was reached today stands: an id must not come twice
      case AccountReset reset ->
          new RiskState(
              no + 1,
              day,
              reset.startBalance(),
              reset.startBalance(),
              reset.startBalance(),
              List.of(),
              times,
              funds);
      case DayStarted(var began, _, var equity) ->
          new RiskState(
              no + 1,
              began,
              equity,
              max(peak, equity),
              max(closePeak, equity),
              reached,
              new TreeMap<>(),
              funds);
      case PeakRaised(_, var today, var ever) ->
          new RiskState(no + 1, day, today, ever, closePeak, reached, times, funds);
      case TierReached tier -> {
        var more = new ArrayList<>(reached);
        more.add(tier);
        var counted = new TreeMap<>(times);
        counted.merge(step(tier.rule(), tier.tier(), tier.percent()), 1, Integer::sum);
        yield new RiskState(no + 1, day, dayPeak, peak, closePeak, more, counted, funds);
      }
      case TierCleared(var id, _, _, _) -> {
        var fewer = new ArrayList<>(reached);
        fewer.removeIf(tier -> tier.id().equals(id));
        yield new RiskState(no + 1, day, dayPeak, peak, closePeak, fewer, times, funds);
      }
    };
  }

  private static @Nullable BigDecimal plus(@Nullable BigDecimal known, BigDecimal amount) {
    return known == null ? null : known.add(amount);
  }

  static String step(String rule, Tier tier, int percent) {
    return rule + "/" + tier + "/" + percent;
  }

  static BigDecimal max(@Nullable BigDecimal known, BigDecimal now) {
    return known == null ? now : known.max(now);
  }

  boolean holds(String rule, Tier tier, int percent) {
    return reached.stream()
        .anyMatch(r -> r.rule().equals(rule) && r.tier() == tier && r.percent() == percent);
  }

  /** The hardest tier that holds, the oldest of equals. */
  public Optional<TierReached> hardest() {
    return reached.stream().max(Comparator.comparing(TierReached::tier));
  }

  /** The hardest tier of one rule. */
  public @Nullable Tier tierOf(String rule) {
    return reached.stream()
        .filter(tier -> tier.rule().equals(rule))
        .map(TierReached::tier)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
