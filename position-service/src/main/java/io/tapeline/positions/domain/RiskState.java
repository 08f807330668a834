package io.tapeline.positions.domain;

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
 */
public record RiskState(
    long no,
    @Nullable LocalDate day,
    @Nullable BigDecimal dayPeak,
    @Nullable BigDecimal peak,
    @Nullable BigDecimal closePeak,
    List<TierReached> reached,
    SortedMap<String, Integer> times) {
  public static final RiskState NONE =
      new RiskState(0, null, null, null, null, List.of(), new TreeMap<>());

  public RiskState {
    reached = List.copyOf(reached);
    times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
  }

  /** The state after one more line. */
  public RiskState evolve(RiskFact fact) {
    return switch (fact) {
      case DayStarted(var began, _, var equity) ->
          new RiskState(
              no + 1,
              began,
              equity,
              max(peak, equity),
              max(closePeak, equity),
              reached,
              new TreeMap<>());
      case PeakRaised(_, var today, var ever) ->
          new RiskState(no + 1, day, today, ever, closePeak, reached, times);
      case TierReached tier -> {
        var more = new ArrayList<>(reached);
        more.add(tier);
        var counted = new TreeMap<>(times);
        counted.merge(step(tier.rule(), tier.tier(), tier.percent()), 1, Integer::sum);
        yield new RiskState(no + 1, day, dayPeak, peak, closePeak, more, counted);
      }
      case TierCleared(var id, _, _, _) -> {
        var fewer = new ArrayList<>(reached);
        fewer.removeIf(tier -> tier.id().equals(id));
        yield new RiskState(no + 1, day, dayPeak, peak, closePeak, fewer, times);
      }
    };
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
