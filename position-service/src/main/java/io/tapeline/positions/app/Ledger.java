package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Drift;
import io.tapeline.positions.domain.EquityPoint;
import io.tapeline.positions.domain.LedgerFill;
import io.tapeline.positions.domain.TradeFilter;
import io.tapeline.positions.store.DriftTable;
import io.tapeline.positions.store.FillTable;
import io.tapeline.positions.store.RiskTables;
import io.tapeline.positions.store.TradeTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** What an account has traded and what was decided of it, for people to read, oldest first. */
@ApplicationScoped
public class Ledger {
  private final TradeTable trades;
  private final FillTable fills;
  private final RiskTables risk;
  private final DriftTable drifts;

  @Inject
  Ledger(TradeTable trades, FillTable fills, RiskTables risk, DriftTable drifts) {
    this.drifts = drifts;
    this.trades = trades;
    this.fills = fills;
    this.risk = risk;
  }

  /** Round trips after the one that was seen last; those that were voided are left out. */
  public Uni<List<RoundTripRow>> trades(
      AccountId accountId, TradeFilter filter, long afterSeq, String afterId, int limit) {
    return trades.page(accountId, filter, afterSeq, afterId, limit);
  }

  /** Executions after a line of the journal. */
  public Uni<List<LedgerFill>> fills(
      AccountId accountId, TradeFilter filter, long afterSeq, int limit) {
    return fills.page(accountId, filter, afterSeq, limit);
  }

  /** The curve of the equity after an instant. */
  public Uni<List<EquityPoint>> curve(
      AccountId accountId, Instant after, TradeFilter filter, int limit) {
    return risk.curve(accountId, after, filter.from(), filter.to(), limit);
  }

  /** Where a venue saw positions otherwise, newest first. */
  public Uni<List<Drift>> drifts(AccountId accountId, int limit) {
    return drifts.all(accountId, limit);
  }

  /** The risk journal after a line. */
  public Uni<List<RiskEventRecord>> riskEvents(AccountId accountId, long after, int limit) {
    return risk.events(accountId, after, limit);
  }
}
