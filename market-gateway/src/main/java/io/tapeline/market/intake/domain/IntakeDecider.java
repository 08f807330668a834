package io.tapeline.market.intake.domain;

import io.tapeline.market.intake.domain.IntakeDecision.Doubt;
import io.tapeline.market.intake.domain.IntakeDecision.Intent;
import io.tapeline.market.intake.domain.IntakeDecision.Parked;
import io.tapeline.market.intake.domain.IntakeDecision.Progress;
import io.tapeline.market.intake.domain.IntakeDecision.Quarantine;
import io.tapeline.market.intake.domain.IntakeDecision.Settled;
import io.tapeline.market.intake.domain.JournalLine.Content;
import io.tapeline.market.intake.domain.JournalLine.DoubtsNow;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what a batch of journal lines leads to. A line read before is ignored; a gap or a line
 * that cannot be read quarantines its account and parks its lines, and no other account's.
 */
public final class IntakeDecider {
  /** Why a new order or a change was withheld: its {@code sendBy} had passed. */
  public static final String STALE = "STALE";

  private final Map<AccountId, Progress> progress = new HashMap<>();
  private final List<Intent> intents = new ArrayList<>();
  private final Map<RequestId, Doubt> doubts = new LinkedHashMap<>();
  private final Map<Order, Settled> settled = new LinkedHashMap<>();
  private final Map<AccountId, Quarantine> quarantines = new LinkedHashMap<>();
  private final List<Parked> parked = new ArrayList<>();
  private final Map<AccountId, Long> consumed;
  private final Set<AccountId> quarantined;
  private final Instant now;

  private record Order(AccountId account, ClOrdId clOrdId) {}

  private IntakeDecider(Map<AccountId, Long> consumed, Set<AccountId> quarantined, Instant now) {
    this.consumed = consumed;
    this.quarantined = quarantined;
    this.now = now;
  }

  /**
   * Decides.
   *
   * @param consumed how far each account's journal was read; an account without entry: not at all
   * @param quarantined accounts that are not followed any more
   * @param now the service clock
   */
  public static IntakeDecision decide(
      Map<AccountId, Long> consumed,
      Set<AccountId> quarantined,
      List<JournalLine> lines,
      Instant now) {
    var decider = new IntakeDecider(consumed, quarantined, now);
    for (int index = 0; index < lines.size(); index++) decider.take(index, lines.get(index));
    return new IntakeDecision(
        decider.progress,
        decider.intents,
        List.copyOf(decider.doubts.values()),
        List.copyOf(decider.settled.values()),
        List.copyOf(decider.quarantines.values()),
        decider.parked);
  }

  private void take(int index, JournalLine line) {
    var account = line.account();
    if (quarantined.contains(account) || quarantines.containsKey(account)) {
      parked.add(new Parked(index, account, "account is quarantined"));
      return;
    }
    if (line.content() instanceof Content.Unreadable(var why)) {
      quarantine(index, account, read(account) + 1, why);
      return;
    }
    if (line.seq() <= read(account)) return;
    if (line.seq() > read(account) + 1 && read(account) != Progress.ANEW) {
      quarantine(
          index,
          account,
          read(account) + 1,
          "seq " + line.seq() + " follows " + read(account) + ": lines are missing");
      return;
    }
    follow(line);
    progress.merge(
        account,
        new Progress(read(account), line.seq()),
        (before, one) -> new Progress(before.from(), one.to()));
  }

  private void follow(JournalLine line) {
    switch (line.content()) {
      case Content.Send(var request, var still) -> {
        intents.add(intent(request));
        settle(line.account(), still);
      }
      case Content.Unsendable(var id, var kind, var reason) ->
          intents.add(new Intent.Withhold(id, kind, reason));
      case Content.InDoubt(var id, var kind) -> doubts.put(id, new Doubt(id, kind));
      case Content.Told(var still) -> settle(line.account(), still);
      case Content.Nothing _ -> {}
      case Content.Unreadable _ -> throw new IllegalStateException("an unreadable line is parked");
    }
  }

  private Intent intent(VenueRequest request) {
    return request.isStale(now)
        ? new Intent.Withhold(request.id(), request.kind(), STALE)
        : new Intent.Send(request);
  }

  /** Doubts of this very batch may be over again with a later line of it. */
  private void settle(AccountId account, DoubtsNow still) {
    doubts
        .values()
        .removeIf(
            doubt ->
                doubt.id().account().equals(account)
                    && doubt.id().clOrdId().equals(still.clOrdId())
                    && !still.kinds().contains(doubt.kind()));
    settled.put(new Order(account, still.clOrdId()), new Settled(account, still));
  }

  private void quarantine(int index, AccountId account, long seq, String reason) {
    quarantines.put(account, new Quarantine(account, seq, reason));
    parked.add(new Parked(index, account, reason));
  }

  private long read(AccountId account) {
    var now = progress.get(account);
    return now != null ? now.to() : consumed.getOrDefault(account, 0L);
  }
}
