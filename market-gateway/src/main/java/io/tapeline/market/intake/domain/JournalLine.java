package io.tapeline.market.intake.domain;

import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import java.util.Set;

/** One line of an account's journal, reduced to what concerns the gateway. */
public record JournalLine(AccountId account, long seq, Content content) {
  public sealed interface Content {
    /** A request passed every check of ours. */
    record Send(VenueRequest request, DoubtsNow doubts) implements Content {}

    /** A request that passed, but that this gateway cannot put in the venue's terms. */
    record Unsendable(RequestId id, RequestKind kind, String reason) implements Content {}

    /** Order-service holds a request in doubt. */
    record InDoubt(RequestId id, RequestKind kind) implements Content {}

    /** Anything else about an order. */
    record Told(DoubtsNow doubts) implements Content {}

    /** Nothing about an order. */
    record Nothing() implements Content {}

    /** Not readable, or an event of a type that is not known here. */
    record Unreadable(String why) implements Content {}
  }

  /**
   * The kinds of request of an order that are in doubt after the line; others are not, any more.
   */
  public record DoubtsNow(ClOrdId clOrdId, Set<RequestKind> kinds) {
    public DoubtsNow {
      kinds = Set.copyOf(kinds);
    }
  }
}
