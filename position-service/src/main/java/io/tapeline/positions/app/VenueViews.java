package io.tapeline.positions.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Drift;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import io.tapeline.positions.store.DriftTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Holds the venue's own view of an account's positions, as the journal has it after every
 * reconciliation, against what the executions up to that line come to. What differs is an alarm
 * with the executions that explain it; nothing is corrected by it.
 */
@ApplicationScoped
public class VenueViews {
  /** So far back an explanation is looked for. */
  private static final int MOST_FILLS = 500;

  private final Accounts accounts;
  private final DriftTable table;
  private final Teller teller;
  private final Counter drifts;

  @Inject
  VenueViews(Accounts accounts, DriftTable table, Teller teller, MeterRegistry meters) {
    this.accounts = accounts;
    this.table = table;
    this.teller = teller;
    drifts = meters.counter("tapeline.positions.drifts");
  }

  /**
   * Looks at a batch that was committed. Lines that came again too: the look at them may have been
   * lost.
   */
  Uni<Void> compare(List<Delivery> batch) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (var delivery : batch) {
      if (!(delivery instanceof Line(_, var accountId, var line))) continue;
      if (!(line.fact() instanceof VenueSaid said)) continue;
      var state = accounts.committed(accountId);
      if (state == null || state.fold().seq() < line.seq()) continue;
      done = done.chain(() -> compare(accountId, line, said));
    }
    return done;
  }

  private Uni<Void> compare(AccountId accountId, TapeLine line, VenueSaid said) {
    return table
        .netQtyAt(accountId, line.seq())
        .chain(
            ours -> {
              var symbols = new TreeSet<>(ours.keySet());
              symbols.addAll(said.positions().keySet());
              List<String> drifting = new ArrayList<>();
              Uni<Void> done = Uni.createFrom().voidItem();
              for (var symbol : symbols) {
                long net = ours.getOrDefault(symbol, 0L);
                long venues = said.positions().getOrDefault(symbol, 0L);
                if (net == venues) continue;
                drifting.add(symbol);
                done = done.chain(() -> drifts(accountId, line, said, symbol, net, venues));
              }
              return done.chain(() -> table.end(accountId, drifting, line.seq()));
            });
  }

  private Uni<Void> drifts(
      AccountId accountId, TapeLine line, VenueSaid said, String symbol, long net, long venues) {
    return table
        .isKnown(accountId, symbol, line.seq())
        .chain(
            known ->
                known
                    ? Uni.createFrom().voidItem()
                    : table
                        .newest(accountId, line.seq(), symbol, MOST_FILLS)
                        .map(
                            fills ->
                                new Drift(
                                    symbol,
                                    line.seq(),
                                    said.venue(),
                                    said.session(),
                                    line.at(),
                                    venues,
                                    net,
                                    Drift.explained(net, venues, fills),
                                    null))
                        // told first: a second time it has the same id
                        .invoke(drift -> teller.tell(accountId, drift))
                        .invoke(_ -> drifts.increment())
                        .chain(drift -> table.keep(accountId, drift)));
  }
}
