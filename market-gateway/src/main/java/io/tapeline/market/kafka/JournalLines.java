package io.tapeline.market.kafka;

import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.market.intake.domain.JournalLine;
import io.tapeline.market.intake.domain.JournalLine.Content;
import io.tapeline.market.intake.domain.JournalLine.DoubtsNow;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.OffTickException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code orders.events.v1}: what concerns the gateway of each record. */
final class JournalLines {
  private static final String OFF_TICK = "OFF_TICK";

  private JournalLines() {}

  static JournalLine read(AccountId account, byte @Nullable [] value) {
    if (value == null) return new JournalLine(account, 0, new Content.Unreadable("no value"));
    try {
      var line = Json.read(value, OrderEventRecord.class);
      if (!line.accountId().equals(account.value()))
        return new JournalLine(
            account, 0, new Content.Unreadable("it is of account " + line.accountId()));
      return new JournalLine(account, line.seq(), content(account, line));
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      return new JournalLine(account, 0, new Content.Unreadable(String.valueOf(e.getMessage())));
    }
  }

  private static Content content(AccountId account, OrderEventRecord line) {
    return switch (line.event()) {
      case TapeEvent.OrderSubmitted order -> work(account, RequestedTerms.of(order), line.order());
      case TapeEvent.OrderReleased order -> work(account, RequestedTerms.of(order), line.order());
      case TapeEvent.ReplaceRequested change ->
          work(account, RequestedTerms.of(change), line.order());
      case TapeEvent.CancelRequested cancel ->
          new Content.Send(
              new VenueRequest.Cancel(id(account, cancel.clOrdId(), cancel.requestNo())),
              doubts(cancel.clOrdId(), line.order()));
      case TapeEvent.RequestInDoubt doubt ->
          new Content.InDoubt(id(account, doubt.clOrdId(), doubt.requestNo()), kind(doubt.kind()));
      case TapeEvent.OrderAccepted _,
          TapeEvent.OrderRejected _,
          TapeEvent.OrderFilled _,
          TapeEvent.OrderCanceled _,
          TapeEvent.CancelRejected _,
          TapeEvent.OrderExpired _,
          TapeEvent.OrderReplaced _,
          TapeEvent.ReplaceRejected _,
          TapeEvent.ReplaceDropped _,
          TapeEvent.OrderTriggered _,
          TapeEvent.FillBusted _,
          TapeEvent.FillCorrected _,
          TapeEvent.OrderAdopted _,
          TapeEvent.RequestUnknownToVenue _,
          TapeEvent.DoubtResolved _ ->
          line.order() == null
              ? new Content.Nothing()
              : new Content.Told(doubts(line.order().clOrdId(), line.order()));
      case TapeEvent.OrderHeld _,
          TapeEvent.RequestDenied _,
          TapeEvent.ReplaceQueued _,
          TapeEvent.TradingStateChanged _,
          TapeEvent.RevisionNoted _,
          TapeEvent.RiskLocked _,
          TapeEvent.RiskUnlocked _,
          TapeEvent.BracketAttached _,
          TapeEvent.OcoOverfilled _,
          TapeEvent.FlattenStarted _,
          TapeEvent.FlattenStep _,
          TapeEvent.FlattenEnded _,
          TapeEvent.ReconciliationStarted _,
          TapeEvent.ReconciliationCompleted _ ->
          new Content.Nothing();
    };
  }

  private static Content work(AccountId account, RequestedTerms asked, @Nullable OrderRow row) {
    var id = id(account, asked.clOrdId(), asked.requestNo());
    try {
      var terms = asked.terms(account);
      var request =
          switch (asked.kind()) {
            case NEW -> new VenueRequest.Place(id, terms, asked.sendBy());
            case REPLACE -> new VenueRequest.Replace(id, terms, asked.sendBy());
            case CANCEL -> throw new IllegalStateException("a cancel has no terms");
          };
      return new Content.Send(request, doubts(asked.clOrdId(), row));
    } catch (OffTickException _) {
      return new Content.Unsendable(id, asked.kind(), OFF_TICK);
    }
  }

  private static DoubtsNow doubts(String clOrdId, @Nullable OrderRow row) {
    Set<RequestKind> kinds =
        row == null
            ? Set.of()
            : row.pending().stream()
                .filter(pending -> pending.inDoubt())
                .map(pending -> kind(pending.kind()))
                .collect(Collectors.toSet());
    return new DoubtsNow(new ClOrdId(clOrdId), kinds);
  }

  private static RequestKind kind(io.tapeline.contract.RequestKind kind) {
    return switch (kind) {
      case NEW -> RequestKind.NEW;
      case REPLACE -> RequestKind.REPLACE;
      case CANCEL -> RequestKind.CANCEL;
    };
  }

  private static RequestId id(AccountId account, String clOrdId, long requestNo) {
    return new RequestId(account, new ClOrdId(clOrdId), requestNo);
  }
}
