package io.tapeline.positions.domain;

import io.tapeline.positions.domain.AccountCommand.Adjust;
import io.tapeline.positions.domain.AccountCommand.Reset;
import io.tapeline.positions.domain.RiskFact.AccountAdjusted;
import io.tapeline.positions.domain.RiskFact.AccountReset;
import io.tapeline.positions.domain.RiskFact.TierCleared;
import io.tapeline.positions.domain.RiskFact.Why;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an admin's command does to an account. Pure. */
public final class AccountDecider {
  private AccountDecider() {}

  /** What comes of a command. */
  public sealed interface Ruling {
    /** The last fact is what was asked for. */
    record Accepted(List<RiskFact> facts) implements Ruling {}

    record Refused(Refusal reason, String detail, Map<String, String> params) implements Ruling {}
  }

  /** Why not. */
  public enum Refusal {
    /** The account stands still: what it holds is not known. */
    ACCOUNT_QUARANTINED,
    /** More would be paid out than there is. */
    INSUFFICIENT_FUNDS,
    /** Who holds something does not start over. */
    NOT_FLAT,
    /** Who may still trade something does not either. */
    ORDERS_WORKING,
    /** A lock with an end ends then, and nobody undoes it. */
    LOCKED_UNTIL
  }

  /**
   * @param state with an open risk journal and a trading day begun
   * @param ever what its round trips came to since ever
   * @param totals since ever
   */
  public static Ruling decide(
      AccountState state, Standing now, Results ever, Totals totals, AccountCommand command) {
    if (state.quarantine() != null)
      return refused(
          Refusal.ACCOUNT_QUARANTINED,
          "the account stands still since line %d; repair it first"
              .formatted(state.quarantine().seq()),
          Map.of("seq", Long.toString(state.quarantine().seq())));
    return switch (command) {
      case Adjust adjust -> adjust(now, adjust);
      case Reset reset -> reset(state, now, ever, totals, reset);
    };
  }

  private static Ruling adjust(Standing now, Adjust adjust) {
    var least = Decimals.trim(now.balance().min(now.equity()), 0);
    if (adjust.amount().signum() < 0 && least.add(adjust.amount()).signum() < 0)
      return refused(
          Refusal.INSUFFICIENT_FUNDS,
          "%s is more than the account has: %s"
              .formatted(adjust.amount().negate().toPlainString(), least.toPlainString()),
          Map.of("available", least.toPlainString()));
    return new Ruling.Accepted(
        List.of(
            new AccountAdjusted(
                adjust.commandId(), adjust.kind(), adjust.amount(), adjust.reason(), adjust.by())));
  }

  private static Ruling reset(
      AccountState state, Standing now, Results ever, Totals totals, Reset reset) {
    for (var position : state.fold().positions().values())
      if (!position.isFlat()) {
        var symbol = position.instrument().symbol().value();
        return refused(
            Refusal.NOT_FLAT,
            "%d %s are held; only a flat account starts over".formatted(position.netQty(), symbol),
            Map.of("symbol", symbol, "netQty", Long.toString(position.netQty())));
      }
    if (!state.orders().isEmpty())
      return refused(
          Refusal.ORDERS_WORKING,
          "%d orders may still trade; cancel them first".formatted(state.orders().size()),
          Map.of("orders", Integer.toString(state.orders().size())));
    for (var tier : state.risk().reached())
      if (tier.tier() == Tier.LOCK
          && tier.until() != null
          && now.venueTime().isBefore(tier.until()))
        return refused(
            Refusal.LOCKED_UNTIL,
            "%s has locked the account until %s; no lock ends early"
                .formatted(tier.rule(), tier.until()),
            Map.of("rule", tier.rule(), "until", tier.until().toString()));
    return new Ruling.Accepted(startedOver(state, now, ever, totals, reset));
  }

  private static List<RiskFact> startedOver(
      AccountState state, Standing now, Results ever, Totals totals, Reset reset) {
    var facts = new ArrayList<RiskFact>();
    for (var tier : state.risk().reached())
      facts.add(new TierCleared(tier.id(), tier.rule(), tier.tier(), Why.ACCOUNT_RESET));
    BigDecimal start =
        reset.startBalance() != null
            ? reset.startBalance()
            : Objects.requireNonNull(state.risk().capital(), "opened").startBalance();
    facts.add(
        new AccountReset(
            reset.commandId(),
            start,
            totals.realized().subtract(totals.fees()),
            now.tradingDay(),
            ever,
            reset.reason(),
            reset.by()));
    return facts;
  }

  private static Ruling refused(Refusal reason, String detail, Map<String, String> params) {
    return new Ruling.Refused(reason, detail, params);
  }
}
