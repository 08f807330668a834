package io.tapeline.orders.app;

import io.tapeline.model.ClOrdId;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Circumstances;
import io.tapeline.orders.domain.Decision;
import io.tapeline.orders.domain.Denial;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.domain.FollowUps;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.OrderDecider;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.orders.domain.VenueCapabilities;
import io.tapeline.orders.store.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands decided one after the other on tentative state, and what is to be written of them. */
final class BatchDraft {
  /** An answer that is kept under its command id. */
  record Known(String fingerprint, Answer answer) {}

  private final UUID id;
  private final Map<String, Known> answered = new HashMap<>();
  private final List<Recorded> recorded = new ArrayList<>();
  private final List<Batch.Line> lines = new ArrayList<>();
  private final List<Batch.Command> commands = new ArrayList<>();
  private final List<Batch.Execution> executions = new ArrayList<>();
  private final Map<String, Batch.Row> rows = new LinkedHashMap<>();
  private final IdentityHashMap<Order, Shown> shown = new IdentityHashMap<>();
  private AccountState account;
  private int submitted;

  /** What the account's venue does by itself, as last heard. */
  private VenueCapabilities venue = VenueCapabilities.LEAST;

  BatchDraft(UUID id, AccountState committed) {
    this.id = id;
    this.account = committed;
  }

  UUID id() {
    return id;
  }

  /** The account as it is once the batch is committed. */
  AccountState account() {
    return account;
  }

  Map<String, Known> answered() {
    return answered;
  }

  List<Recorded> recorded() {
    return recorded;
  }

  List<Tape.Line> tapeLines() {
    return lines.stream().map(line -> new Tape.Line(line.seq(), line.body())).toList();
  }

  Batch batch(Instant at) {
    return new Batch(
        id,
        account.accountId(),
        at,
        List.copyOf(lines),
        List.copyOf(commands),
        List.copyOf(executions),
        List.copyOf(rows.values()));
  }

  /** Orders submitted in this batch so far. */
  int submitted() {
    return submitted;
  }

  Answer decide(Asked asked, @Nullable Known known, Circumstances now, Instant at) {
    venue = now.capabilities();
    shown.clear(); // it may do more or less than it did a command before
    var commandId = asked.commandId();
    var earlier = commandId == null ? null : answered.getOrDefault(commandId, known);
    if (earlier != null) return again(asked, earlier, at);
    var decision = OrderDecider.decide(account, asked.command(), now);
    var before = account.seq();
    record(decision, asked, at);
    followUp(asked, now, at);
    var answer = answer(asked.command(), decision);
    if (commandId != null && isKept(decision)) {
      answered.put(commandId, new Known(asked.fingerprint(), answer));
      commands.add(kept(commandId, asked.fingerprint(), answer, before));
    }
    return answer;
  }

  /** Same id and same body: the first answer. Same id, other body: refused. */
  private Answer again(Asked asked, Known earlier, Instant at) {
    if (earlier.fingerprint().equals(asked.fingerprint())) return earlier.answer();
    if (asked.command() instanceof OrderCommand.PlaceOrder place) {
      var decision = OrderDecider.reused(place);
      record(decision, asked, at);
      return answer(place, decision);
    }
    return refusal(
        asked.command(), DenialReason.DUPLICATE_CL_ORD_ID.with(String.valueOf(asked.commandId())));
  }

  /** An order over the rate may be sent again under the same id. */
  private static boolean isKept(Decision decision) {
    return !(decision instanceof Decision.Refused refused
        && refused.denial().reason() == DenialReason.ORDER_RATE);
  }

  /** What the account's own rules ask for now, in the same batch. */
  private void followUp(Asked asked, Circumstances now, Instant at) {
    for (var pass = 0; pass < FollowUps.MOST_PASSES; pass++) {
      var events = FollowUps.of(account, now);
      if (events.isEmpty()) return;
      record(new Decision.Accepted(events), asked, at);
    }
  }

  private void record(Decision decision, Asked asked, Instant at) {
    for (var event : decision.events()) {
      var next = new Recorded(account.seq() + 1, at, asked.venueTime(), event);
      var before = account;
      account = Evolution.evolve(before, next);
      recorded.add(next);
      if (event.countsForRate()) submitted++;
      write(next, before);
    }
  }

  private void write(Recorded next, AccountState before) {
    @Nullable String row = null;
    @Nullable String clOrdId = null;
    if (next.event() instanceof OrderEvent.OfOrder about) {
      clOrdId = about.clOrdId().value();
      var order = account.order(about.clOrdId());
      if (order != null) {
        row = shown(order).json();
        if (order.revision().seq() == next.seq())
          keep(order, before.order(about.clOrdId()) == null);
      }
    }
    lines.add(new Batch.Line(next.seq(), next.at(), clOrdId, TapeRecords.body(account, next, row)));
    if (next.event() instanceof OrderEvent.OrderFilled fill)
      executions.add(new Batch.Execution(fill.execId().value(), next.seq()));
    if (next.event() instanceof OrderEvent.FillCorrected corrected)
      executions.add(new Batch.Execution(corrected.newExecId().value(), next.seq()));
  }

  private Shown shown(Order order) {
    return shown.computeIfAbsent(
        order, _ -> Shown.of(OrderRows.row(account.accountId().value(), order, venue)));
  }

  private void keep(Order order, boolean absentBefore) {
    var now = shown(order);
    var row = now.row();
    var earlier = rows.get(row.clOrdId());
    rows.put(
        row.clOrdId(),
        new Batch.Row(
            row.clOrdId(),
            row.symbol(),
            order.status().isWorking(),
            absentBefore || (earlier != null && earlier.born()),
            order.revision().createdSeq(),
            row.seq(),
            now.json()));
  }

  private Answer answer(OrderCommand command, Decision decision) {
    if (decision instanceof Decision.Refused refused) return refusal(command, refused.denial());
    return switch (command) {
      case OrderCommand.PlaceOrder place -> row(place.clOrdId());
      case OrderCommand.ReplaceOrder replace -> row(replace.clOrdId());
      case OrderCommand.SetTradingState set ->
          new Answer.TradingStateSet(set.commandId(), "ACCEPTED", account.tradingState());
      case OrderCommand.CancelOrder cancel -> row(cancel.clOrdId());
      case OrderCommand.ResolveDoubt resolve -> row(resolve.clOrdId());
      case OrderCommand.CancelAll all -> new Answer.Commanded(all.commandId(), "ACCEPTED");
      case OrderCommand.OfPosition position ->
          new Answer.Commanded(position.commandId(), "ACCEPTED");
      case OrderCommand.BookReport _, OrderCommand.Outside _, OrderCommand.NoteRateDenials _ ->
          new Answer.Booked();
    };
  }

  private Answer row(ClOrdId clOrdId) {
    var order = account.order(clOrdId);
    if (order == null) throw new IllegalStateException("accepted, but no order " + clOrdId);
    return new Answer.Row(shown(order));
  }

  /** Whoever knows an older version of the order is told the newest. */
  private Answer refusal(OrderCommand command, Denial denial) {
    var known =
        command instanceof OrderCommand.ReplaceOrder replace
                && denial.reason() == DenialReason.STALE_VERSION
            ? account.order(replace.clOrdId())
            : null;
    return new Answer.Refusal(
        denial.reason(),
        denial.detail(),
        denial.params(),
        known == null ? null : shown(known).row());
  }

  /**
   * An answer as it is written down.
   *
   * @param before the newest line before the command: later ones say the row as it was answered
   */
  private Batch.Command kept(String commandId, String fingerprint, Answer answer, long before) {
    if (answer instanceof Answer.Row(var shown) && shown.row().seq() > before)
      return new Batch.Command(commandId, fingerprint, null, shown.row().seq());
    return new Batch.Command(commandId, fingerprint, TapeRecords.text(answer), null);
  }
}
