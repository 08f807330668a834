package io.tapeline.market.intake.domain;

import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import java.util.List;
import java.util.Map;

/**
 * What a batch of journal lines leads to: written in one transaction, and only then acted upon.
 *
 * @param progress how far each account's journal is read with this batch
 * @param parked the lines of accounts that are not followed any more
 */
public record IntakeDecision(
    Map<AccountId, Progress> progress,
    List<Intent> intents,
    List<Doubt> doubts,
    List<Settled> settled,
    List<Quarantine> quarantines,
    List<Parked> parked) {

  /** The journal was read up to {@code from} before, and is up to {@code to} now. */
  public record Progress(long from, long to) {
    /** Where a journal was read to whose quarantine a person ended: its next line is the first. */
    public static final long ANEW = -1;
  }

  /** A request with what was decided about it. */
  public sealed interface Intent {
    RequestId id();

    RequestKind kind();

    record Send(VenueRequest request) implements Intent {
      @Override
      public RequestId id() {
        return request.id();
      }

      @Override
      public RequestKind kind() {
        return request.kind();
      }
    }

    /** It is not sent and never will be. */
    record Withhold(RequestId id, RequestKind kind, String reason) implements Intent {}
  }

  public record Doubt(RequestId id, RequestKind kind) {}

  /** After this batch, only these kinds of request of the order are in doubt. */
  public record Settled(AccountId account, JournalLine.DoubtsNow doubts) {}

  /** The account's journal cannot be followed from this seq on. */
  public record Quarantine(AccountId account, long seq, String reason) {}

  /** A line by its place in the batch. */
  public record Parked(int index, AccountId account, String reason) {}

  public IntakeDecision {
    progress = Map.copyOf(progress);
    intents = List.copyOf(intents);
    doubts = List.copyOf(doubts);
    settled = List.copyOf(settled);
    quarantines = List.copyOf(quarantines);
    parked = List.copyOf(parked);
  }
}
