package io.tapeline.positions.app;

import io.tapeline.contract.AccountRow;
import io.tapeline.contract.RiskEvent;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Results;
import io.tapeline.positions.domain.RiskDecider;
import io.tapeline.positions.domain.RiskFact;
import io.tapeline.positions.domain.RiskFact.Adjustment;
import io.tapeline.positions.domain.RiskKind;
import io.tapeline.positions.domain.RiskProgram;
import io.tapeline.positions.domain.RiskState;
import io.tapeline.positions.domain.Standing;
import io.tapeline.positions.domain.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What rules have led to, as everybody sees it. */
final class RiskRows {
  private RiskRows() {}

  /**
   * A line of the risk journal.
   *
   * @param after the state with it
   */
  static RiskEvent event(RiskFact fact, RiskState after, Standing standing) {
    return switch (fact) {
      case RiskFact.AccountOpened(var startBalance, var program, var version) ->
          new RiskEvent.AccountOpened(plain(startBalance), program, version);
      case RiskFact.AccountAdjusted(var id, var kind, var amount, var reason, var by) ->
          new RiskEvent.AccountAdjusted(
              id, kind.name(), plain(amount), plain(standing.balance().add(amount)), reason, by);
      case RiskFact.AccountReset reset ->
          new RiskEvent.AccountReset(
              reset.commandId(),
              plain(reset.startBalance()),
              plain(standing.balance()),
              plain(reset.settled()),
              reset.tradingDay(),
              counts(reset.before()),
              reset.reason(),
              reset.by());
      case RiskFact.DayStarted(var day, var balance, var equity) ->
          new RiskEvent.DayStarted(day, plain(balance), plain(equity), marks(standing));
      case RiskFact.PeakRaised(var day, var dayPeak, var peak) ->
          new RiskEvent.PeakRaised(day, plain(dayPeak), plain(peak));
      case RiskFact.TierReached tier ->
          new RiskEvent.TierReached(
              tier.id(),
              tier.rule(),
              tier.kind().name(),
              tier.tier().name(),
              tier.percent(),
              tier.program(),
              tier.version(),
              tier.tradingDay(),
              tier.until(),
              tier.tier() == Tier.WARN ? null : tier.kind().denial(),
              text(tier),
              inputs(tier, after, standing));
      case RiskFact.TierCleared(var id, var rule, var tier, var why) ->
          new RiskEvent.TierCleared(id, rule, tier.name(), why.name());
    };
  }

  /** What a line of the risk journal says happened: the way back from {@link #event}. */
  static RiskFact fact(RiskEvent event) {
    return switch (event) {
      case RiskEvent.AccountOpened(var startBalance, var program, var version) ->
          new RiskFact.AccountOpened(startBalance, program, version);
      case RiskEvent.AccountAdjusted(var id, var kind, var amount, _, var reason, var by) ->
          new RiskFact.AccountAdjusted(id, Adjustment.valueOf(kind), amount, reason, by);
      case RiskEvent.AccountReset reset ->
          new RiskFact.AccountReset(
              reset.commandId(),
              reset.startBalance(),
              reset.settledPnl(),
              reset.tradingDay(),
              results(reset.before()),
              reset.reason(),
              reset.by());
      case RiskEvent.DayStarted(var day, var balance, var equity, _) ->
          new RiskFact.DayStarted(day, balance, equity);
      case RiskEvent.PeakRaised(var day, var dayPeak, var peak) ->
          new RiskFact.PeakRaised(day, dayPeak, peak);
      case RiskEvent.TierReached tier ->
          new RiskFact.TierReached(
              tier.id(),
              tier.rule(),
              RiskKind.valueOf(tier.kind()),
              Tier.valueOf(tier.tier()),
              tier.percent(),
              tier.program(),
              tier.programVersion(),
              tier.tradingDay(),
              tier.lockedUntil(),
              tier.inputs().limit(),
              tier.inputs().used());
      case RiskEvent.TierCleared(var id, var rule, var tier, var why) ->
          new RiskFact.TierCleared(id, rule, Tier.valueOf(tier), RiskFact.Why.valueOf(why));
    };
  }

  private static RiskEvent.Counts counts(Results results) {
    return new RiskEvent.Counts(
        results.trades(),
        results.wins(),
        results.losses(),
        plain(results.grossProfit()),
        plain(results.grossLoss()),
        results.dayFills(),
        results.dayTrades(),
        results.dayWins(),
        results.dayLosses());
  }

  private static Results results(RiskEvent.Counts counts) {
    return new Results(
        counts.trades(),
        counts.wins(),
        counts.losses(),
        counts.grossProfit(),
        counts.grossLoss(),
        counts.dayFills(),
        counts.dayTrades(),
        counts.dayWins(),
        counts.dayLosses());
  }

  private static String text(RiskFact.TierReached tier) {
    var what =
        switch (tier.tier()) {
          case WARN -> "";
          case BLOCK -> " No new risk is taken.";
          case LIQUIDATE -> " Everything is closed.";
          case LOCK ->
              tier.until() == null
                  ? " Everything is closed and the account is locked."
                  : " Everything is closed and the account is locked until " + tier.until() + ".";
        };
    return "%s: %s of %s %s used (%d %%).%s"
        .formatted(
            tier.rule(),
            plain(tier.used()).toPlainString(),
            plain(tier.limit()).toPlainString(),
            tier.kind().unit().toLowerCase(Locale.ROOT),
            tier.percent(),
            what);
  }

  private static RiskEvent.RiskInputs inputs(
      RiskFact.TierReached tier, RiskState after, Standing standing) {
    return new RiskEvent.RiskInputs(
        plain(tier.limit()),
        plain(tier.used()),
        plain(standing.balance()),
        plain(standing.equity()),
        plain(standing.realized()),
        plain(standing.unrealized()),
        plain(standing.highest().max(after.peak() == null ? standing.equity() : after.peak())),
        standing.inDoubt(),
        marks(standing));
  }

  private static List<RiskEvent.MarkedPosition> marks(Standing standing) {
    return standing.marks().stream()
        .map(
            mark ->
                new RiskEvent.MarkedPosition(
                    mark.symbol().value(), mark.netQty(), mark.px(), mark.at()))
        .toList();
  }

  static List<AccountRow.LimitRow> limits(List<RiskDecider.Use> uses) {
    return uses.stream()
        .map(
            use ->
                new AccountRow.LimitRow(
                    use.rule(),
                    plain(use.limit()),
                    plain(use.used()),
                    plain(use.remaining()),
                    use.kind().name(),
                    use.kind().unit(),
                    use.percent(),
                    use.tier() == null ? null : use.tier().name(),
                    use.ticks(),
                    use.needed() == null ? null : plain(use.needed())))
        .toList();
  }

  /** Null for an account without a program. */
  static AccountRow.@Nullable RiskRow risk(
      AccountState state, @Nullable RiskProgram program, @Nullable Long maxContracts) {
    if (program == null) return null;
    var hardest = state.risk().hardest().orElse(null);
    return new AccountRow.RiskRow(
        program.name(),
        program.version(),
        hardest == null ? "NONE" : hardest.tier().name(),
        hardest == null ? null : hardest.rule(),
        hardest == null ? null : hardest.id(),
        hardest == null || hardest.tier() == Tier.WARN ? null : hardest.kind().denial(),
        hardest == null ? null : hardest.until(),
        state.fold().seq(),
        maxContracts);
  }

  /** Money is written without trailing zeros, wherever it comes from. */
  static BigDecimal plain(BigDecimal amount) {
    var shortest = amount.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
