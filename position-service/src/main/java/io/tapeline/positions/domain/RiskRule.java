package io.tapeline.positions.domain;

import io.tapeline.model.TradingCalendar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One rule of a program. Its id is unique there. */
public sealed interface RiskRule {
  String id();

  List<Step> steps();

  /**
   * From how much of the limit on a tier holds.
   *
   * @param percent of the limit; above 100 for limits one may touch but not pass
   */
  record Step(int percent, Tier tier) {
    public Step {
      if (percent < 1 || percent > 1_000)
        throw new IllegalArgumentException("percent of a limit: " + percent);
    }
  }

  /** What a day's loss is measured by. */
  enum Basis {
    /** Closed round trips less fees. */
    REALIZED,
    /** Open positions too. */
    EQUITY
  }

  /**
   * @param amount that may be lost within a trading day, in the account's currency
   * @param trailing from the day's best instead of from its start
   */
  record DailyLoss(String id, BigDecimal amount, Basis basis, boolean trailing, List<Step> steps)
      implements RiskRule {}

  /** Which equity a drawdown is measured from. */
  enum Trail {
    /** The highest a trading day ever ended with. */
    END_OF_DAY,
    /** The highest there ever was, to the tick. */
    INTRADAY
  }

  /**
   * @param stopsAt the floor trails no higher than this; null: for ever
   */
  record Drawdown(
      String id, BigDecimal amount, Trail trail, @Nullable BigDecimal stopsAt, List<Step> steps)
      implements RiskRule {
    /**
     * The equity at which the limit is used up.
     *
     * @param adjusted what was paid in or out since the start: the level moves with it
     */
    BigDecimal floor(BigDecimal highest, BigDecimal adjusted) {
      var trailed = highest.subtract(amount);
      return stopsAt == null ? trailed : trailed.min(stopsAt.add(adjusted));
    }
  }

  /**
   * Lots over all contracts, orders in doubt counted the worse way.
   *
   * @param lots below the first step of the plan
   * @param scaling how many more the account's profit earns; empty: none
   */
  record MaxContracts(String id, long lots, List<Rung> scaling, List<Step> steps)
      implements RiskRule {
    public MaxContracts {
      scaling = List.copyOf(scaling);
      for (int i = 1; i < scaling.size(); i++)
        if (scaling.get(i).profit().compareTo(scaling.get(i - 1).profit()) <= 0)
          throw new IllegalArgumentException(
              "rule %s: the profits of its scaling must rise".formatted(id));
    }

    /**
     * @param profit of the account as the trading day began
     */
    long lots(BigDecimal profit) {
      long now = lots;
      for (var rung : scaling) if (profit.compareTo(rung.profit()) >= 0) now = rung.lots();
      return now;
    }
  }

  /**
   * A step of a scaling plan.
   *
   * @param profit from which on it holds
   */
  record Rung(BigDecimal profit, long lots) {}

  /**
   * Of all profit since the start the best day's may be so much at most. It informs and never acts:
   * a good day is nothing to be stopped for.
   *
   * @param percent of all profit
   */
  record Consistency(String id, int percent, List<Step> steps) implements RiskRule {
    public Consistency {
      if (percent < 1 || percent > 100)
        throw new IllegalArgumentException("percent of all profit: " + percent);
      for (var step : steps)
        if (step.tier() != Tier.WARN)
          throw new IllegalArgumentException(
              "rule %s is of kind consistency, which only informs: of its tiers only warn can be, not %s"
                  .formatted(id, step.tier().name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Round trips a trading day. */
  record TradeCount(String id, long most, List<Step> steps) implements RiskRule {}

  /**
   * When positions may be held, by the clock in Chicago. On days that close early the times before
   * the close keep their distance to it. Holidays belong to the day after, as the exchange has it.
   *
   * @param opens from 17:00 on it is the evening before
   * @param closes no new risk from here on
   * @param flattenAt everything is closed; null: never for the hour
   */
  record Hours(
      String id, LocalTime opens, LocalTime closes, @Nullable LocalTime flattenAt, List<Step> steps)
      implements RiskRule {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final LocalTime START = LocalTime.of(17, 0);
    private static final LocalTime CLOSE = LocalTime.of(16, 0);

    Instant opensOn(TradingCalendar.Day day) {
      return opens.isBefore(START)
          ? day.date().atTime(opens).atZone(CHICAGO).toInstant()
          : day.start().plus(Duration.between(START, opens));
    }

    static Instant beforeClose(TradingCalendar.Day day, LocalTime time) {
      return day.close().minus(Duration.between(time, CLOSE));
    }

    /** The tier that holds at a venue time; null within hours. */
    @Nullable Tier tierAt(Instant venueTime) {
      var day = TradingCalendar.day(venueTime);
      if (flattenAt != null && !venueTime.isBefore(beforeClose(day, flattenAt)))
        return Tier.LIQUIDATE;
      return venueTime.isBefore(opensOn(day)) || !venueTime.isBefore(beforeClose(day, closes))
          ? Tier.BLOCK
          : null;
    }

    /** When the tier that holds now ends. */
    Instant reopens(Instant venueTime) {
      var day = TradingCalendar.day(venueTime);
      var opens = opensOn(day);
      return venueTime.isBefore(opens) ? opens : opensOn(TradingCalendar.day(day.end()));
    }
  }
}
