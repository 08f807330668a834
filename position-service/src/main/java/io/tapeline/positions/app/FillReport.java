package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import io.tapeline.positions.domain.TapeLine.Fact.TradingAllowed;
import io.tapeline.positions.domain.TapeLine.Fact.TradingLocked;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import io.tapeline.positions.store.FoldTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * That no execution was lost or booked twice: what the venue reported against the journal, the
 * journal against the tables, by the venue's own ids.
 */
@ApplicationScoped
public class FillReport {
  private final FoldTables tables;
  private final TapeHistory tape;

  @Inject
  FillReport(FoldTables tables, TapeHistory tape) {
    this.tables = tables;
    this.tape = tape;
  }

  /**
   * What was found. The venue's reports are kept for thirty days, so only those are compared.
   *
   * @param reported executions the venue reported, each once
   * @param reportedTwice the venue said them more than once, which it may
   * @param notInJournal reported and not in the journal: lost, or on its way
   * @param journaledTwice must be empty
   * @param notInTables in the journal and not in the tables: lost, or on its way
   * @param notOnTape in the tables and not in the journal
   */
  public record Report(
      String accountId,
      boolean complete,
      long reported,
      long journaled,
      long booked,
      List<String> reportedTwice,
      List<String> notInJournal,
      List<String> journaledTwice,
      List<String> notInTables,
      List<String> notOnTape) {}

  public Uni<Report> report(AccountId accountId) {
    return tables
        .fills(accountId)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            fills ->
                report(
                    accountId,
                    fills.values().stream()
                        .map(fill -> fill.execId().value())
                        .collect(Collectors.toSet())));
  }

  private Report report(AccountId accountId, Set<String> booked) {
    var reported = new LinkedHashSet<String>();
    var reportedTwice = new TreeSet<String>();
    tape.reportedExecutions(
        accountId,
        execId -> {
          if (!reported.add(execId)) reportedTwice.add(execId);
        });
    var journaled = new LinkedHashSet<String>();
    var journaledTwice = new TreeSet<String>();
    var seen = new HashSet<Long>();
    tape.read(
        accountId,
        delivery -> {
          // the same line delivered again is no second booking
          if (!(delivery instanceof Line(_, _, var line)) || !seen.add(line.seq())) return;
          var execId =
              switch (line.fact()) {
                case Executed executed -> executed.execId().value();
                case Corrected(_, var now) -> now.lastQty().isZero() ? null : now.execId().value();
                case Busted _,
                    ContractNamed _,
                    TradingAllowed _,
                    TradingLocked _,
                    VenueSaid _,
                    NothingTraded _ ->
                    null;
              };
          if (execId != null && !journaled.add(execId)) journaledTwice.add(execId);
        });
    var notInJournal = missing(reported, journaled);
    var notInTables = missing(journaled, booked);
    var notOnTape = missing(booked, journaled);
    return new Report(
        accountId.value(),
        notInJournal.isEmpty()
            && journaledTwice.isEmpty()
            && notInTables.isEmpty()
            && notOnTape.isEmpty(),
        reported.size(),
        journaled.size(),
        booked.size(),
        List.copyOf(reportedTwice),
        notInJournal,
        List.copyOf(journaledTwice),
        notInTables,
        notOnTape);
  }

  private static List<String> missing(Set<String> of, Set<String> in) {
    var missing = new ArrayList<String>();
    for (var id : of) if (!in.contains(id)) missing.add(id);
    return missing;
  }
}
