package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.FillRow;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.model.AccountId;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.AccountJournal.FillFilter;
import io.tapeline.orders.store.AccountJournal.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Executions as they were booked, with what the venue has made of each since. */
@ApplicationScoped
class FillLedger {
  private final AccountJournal journal;

  @Inject
  FillLedger(AccountJournal journal) {
    this.journal = journal;
  }

  /**
   * What became of an execution.
   *
   * @param correctedBy what stands in its place; null: nothing does
   */
  private record Revision(String how, @Nullable String correctedBy) {}

  /** A page of executions booked before a seq, newest first. */
  Uni<List<FillRow>> page(AccountId account, FillFilter filter, long before, int limit) {
    return journal
        .fills(account, filter, before, limit)
        .map(stored -> stored.stream().map(FillLedger::line).toList())
        .chain(
            lines ->
                journal
                    .revisions(account, orders(lines))
                    .map(stored -> rows(lines, revisions(stored))));
  }

  private static OrderEventRecord line(Stored stored) {
    return TapeRecords.read(stored.body());
  }

  private static Set<String> orders(List<OrderEventRecord> lines) {
    var orders = new TreeSet<String>();
    for (var line : lines) {
      switch (line.event()) {
        case TapeEvent.OrderFilled e -> orders.add(e.clOrdId());
        case TapeEvent.FillCorrected e -> orders.add(e.clOrdId());
        default -> throw new IllegalStateException("no execution at " + line.seq());
      }
    }
    return orders;
  }

  private static Map<String, Revision> revisions(List<Stored> stored) {
    var revisions = new HashMap<String, Revision>();
    for (var one : stored) {
      switch (line(one).event()) {
        case TapeEvent.FillBusted e -> revisions.put(e.execId(), new Revision("BUSTED", null));
        case TapeEvent.FillCorrected e ->
            revisions.put(e.execId(), new Revision("CORRECTED", e.newExecId()));
        default -> {} // the word was in a text
      }
    }
    return revisions;
  }

  private static List<FillRow> rows(List<OrderEventRecord> lines, Map<String, Revision> revisions) {
    var rows = new ArrayList<FillRow>(lines.size());
    for (var line : lines) rows.add(row(line, revisions));
    return rows;
  }

  private static FillRow row(OrderEventRecord line, Map<String, Revision> revisions) {
    return switch (line.event()) {
      case TapeEvent.OrderFilled e -> row(line, e, null, revisions.get(e.execId()));
      case TapeEvent.FillCorrected e ->
          row(
              line,
              new TapeEvent.OrderFilled(
                  e.clOrdId(),
                  e.newExecId(),
                  null,
                  e.symbol(),
                  e.side(),
                  e.newQty(),
                  e.newPx(),
                  e.newFee(),
                  e.newReportedPnl()),
              e.execId(),
              revisions.get(e.newExecId()));
      default -> throw new IllegalStateException("no execution at " + line.seq());
    };
  }

  private static FillRow row(
      OrderEventRecord line,
      TapeEvent.OrderFilled fill,
      @Nullable String corrects,
      @Nullable Revision revision) {
    return new FillRow(
        line.accountId(),
        line.seq(),
        fill.execId(),
        fill.clOrdId(),
        fill.symbol(),
        fill.side(),
        fill.lastQty(),
        fill.lastPx(),
        fill.fee(),
        line.at(),
        Objects.requireNonNullElse(line.venueTime(), line.at()),
        revision == null ? null : revision.how(),
        revision == null ? null : revision.correctedBy(),
        corrects,
        fill.reportedPnl());
  }
}
