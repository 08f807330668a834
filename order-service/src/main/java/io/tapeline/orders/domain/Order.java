package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order's state. Its status is a view of it, never stored beside it; what is in flight is shown
 * next to the status, not inside it.
 *
 * <pre>
 *   (absent) -- OrderSubmitted, OrderAdopted --> Live -- filled, canceled, rejected, expired --> Done
 *   (absent) -- RequestDenied ----------------> Denied                 late fills are booked on Done
 * </pre>
 */
public sealed interface Order {
  ClOrdId clOrdId();

  Revision revision();

  OrdStatus status();

  /**
   * How often and when it changed.
   *
   * @param version moves on a fill, a venue-confirmed change or a terminal state, never on a mere
   *     request
   * @param seq the account's event that led here
   */
  record Revision(long version, long createdSeq, Instant createdAt, long seq, Instant updatedAt) {
    static Revision first(Recorded recorded) {
      return new Revision(1, recorded.seq(), recorded.at(), recorded.seq(), recorded.at());
    }

    Revision touched(Recorded recorded) {
      return new Revision(version, createdSeq, createdAt, recorded.seq(), recorded.at());
    }

    Revision moved(Recorded recorded) {
      return new Revision(version + 1, createdSeq, createdAt, recorded.seq(), recorded.at());
    }
  }

  /** The venue's own words, passed on unchanged. */
  record VenueWords(@Nullable String code, @Nullable String text) {
    public static final VenueWords NONE = new VenueWords(null, null);
  }

  /** An order that passed our checks, or was adopted. */
  sealed interface Placed extends Order {
    Origin origin();

    Terms terms();

    @Nullable OrderId venueOrderId();

    Fills fills();

    VenueWords words();

    default Qty leavesQty() {
      return status().isWorking() ? terms().orderQty().minusUpTo(fills().cumQty()) : Qty.ZERO;
    }
  }

  /**
   * It may trade, as far as we know.
   *
   * @param acknowledgedSeq the event by which we learned that the venue has it; 0: not yet
   * @param requests what is in flight, oldest first
   * @param lastRequestNo the number of the newest request ever made about it
   */
  record Live(
      ClOrdId clOrdId,
      Origin origin,
      Terms terms,
      @Nullable OrderId venueOrderId,
      long acknowledgedSeq,
      Fills fills,
      List<Request> requests,
      long lastRequestNo,
      VenueWords words,
      Revision revision)
      implements Placed {
    @Override
    public OrdStatus status() {
      if (!fills.cumQty().isZero()) return OrdStatus.PARTIALLY_FILLED;
      return acknowledgedSeq > 0 ? OrdStatus.NEW : OrdStatus.PENDING_NEW;
    }

    public boolean acknowledged() {
      return acknowledgedSeq > 0;
    }

    public @Nullable Request request(RequestKind kind) {
      for (var request : requests) if (request.kind() == kind) return request;
      return null;
    }

    public @Nullable Request request(RequestKind kind, long requestNo) {
      var request = request(kind);
      return request != null && request.requestNo() == requestNo ? request : null;
    }

    /** The oldest request in doubt. */
    public @Nullable Request doubted() {
      for (var request : requests) if (request.inDoubt()) return request;
      return null;
    }

    Live with(List<Request> newRequests, Revision newRevision) {
      return new Live(
          clOrdId,
          origin,
          terms,
          venueOrderId,
          acknowledgedSeq,
          fills,
          newRequests,
          lastRequestNo,
          words,
          newRevision);
    }

    Live requesting(Request request, Revision newRevision) {
      var more = new ArrayList<>(requests);
      more.removeIf(r -> r.kind() == request.kind());
      more.add(request);
      return new Live(
          clOrdId,
          origin,
          terms,
          venueOrderId,
          acknowledgedSeq,
          fills,
          List.copyOf(more),
          Math.max(lastRequestNo, request.requestNo()),
          words,
          newRevision);
    }

    List<Request> without(RequestKind kind) {
      return requests.stream().filter(r -> r.kind() != kind).toList();
    }

    Live saying(VenueWords newWords) {
      return new Live(
          clOrdId,
          origin,
          terms,
          venueOrderId,
          acknowledgedSeq,
          fills,
          requests,
          lastRequestNo,
          newWords,
          revision);
    }

    /** The venue has it: by acknowledgement, by a fill, or by its answer about a doubt. */
    Live arrived(@Nullable OrderId id, long seq, Fills newFills, Revision newRevision) {
      return new Live(
          clOrdId,
          origin,
          terms,
          id == null ? venueOrderId : id,
          acknowledgedSeq == 0 ? seq : acknowledgedSeq,
          newFills,
          without(RequestKind.NEW),
          lastRequestNo,
          words,
          newRevision);
    }

    Done done(OrdStatus why, @Nullable String reason, VenueWords newWords, Revision newRevision) {
      return new Done(
          clOrdId, origin, terms, venueOrderId, fills, why, reason, newWords, newRevision);
    }
  }

  /**
   * It ended. A fill may still arrive, and is booked.
   *
   * @param reason why it expired
   */
  record Done(
      ClOrdId clOrdId,
      Origin origin,
      Terms terms,
      @Nullable OrderId venueOrderId,
      Fills fills,
      OrdStatus why,
      @Nullable String reason,
      VenueWords words,
      Revision revision)
      implements Placed {
    @Override
    public OrdStatus status() {
      return why;
    }

    /** It overtook the end of the order; the money is real. */
    Done plus(Fills newFills, Revision newRevision) {
      var filled = newFills.cumQty().compareTo(terms.orderQty()) >= 0;
      return new Done(
          clOrdId,
          origin,
          terms,
          venueOrderId,
          newFills,
          filled ? OrdStatus.FILLED : why,
          filled ? null : reason,
          words,
          newRevision);
    }
  }

  /** We refused it; the venue never saw it. */
  record Denied(ClOrdId clOrdId, Draft draft, Denial denial, Revision revision) implements Order {
    @Override
    public OrdStatus status() {
      return OrdStatus.DENIED;
    }
  }
}
