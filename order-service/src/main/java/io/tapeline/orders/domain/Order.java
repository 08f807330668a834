package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Qty;
import io.tapeline.model.TimeInForce;
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
 *   (absent) -- OrderHeld --> Live, held here -- OrderReleased --> Live, sent to the venue
 *   (absent) -- RequestDenied ----------------> Denied     late fills and busts are booked on Done
 * </pre>
 *
 * An order held for its trigger works, here: its status is NEW. One that waits for its entry is
 * PENDING_NEW until it is released and the venue has it.
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

  /**
   * Where an order stands between here and the venue.
   *
   * @param hold why it is kept here; null: it was sent
   * @param emulated whether it ever was kept here
   * @param sentAs set where the venue has it as another type or for another time than was asked for
   * @param acknowledgedSeq the event by which we learned that the venue has it; 0: not yet
   * @param triggered whether its stop price was reached
   * @param lastRequestNo the number of the newest request ever made about it
   * @param replacedNo the newest request to change it that the venue confirmed
   */
  record Standing(
      @Nullable Hold hold,
      boolean emulated,
      @Nullable SentAs sentAs,
      @Nullable OrderId venueOrderId,
      long acknowledgedSeq,
      boolean triggered,
      long lastRequestNo,
      long replacedNo) {
    static Standing sent(long requestNo) {
      return new Standing(null, false, null, null, 0, false, requestNo, 0);
    }

    static Standing held(Hold hold) {
      return new Standing(hold, true, null, null, 0, false, 0, 0);
    }

    static Standing adopted(OrderId venueOrderId, long seq) {
      return new Standing(null, false, null, venueOrderId, seq, false, 0, 0);
    }

    /** It waits for something else now. */
    Standing waiting(Hold newHold) {
      return new Standing(
          newHold,
          true,
          sentAs,
          venueOrderId,
          acknowledgedSeq,
          triggered,
          lastRequestNo,
          replacedNo);
    }

    Standing released(@Nullable SentAs as) {
      return new Standing(
          null, emulated, as, venueOrderId, acknowledgedSeq, triggered, lastRequestNo, replacedNo);
    }

    Standing arrived(@Nullable OrderId id, long seq) {
      return new Standing(
          hold,
          emulated,
          sentAs,
          id == null ? venueOrderId : id,
          acknowledgedSeq == 0 ? seq : acknowledgedSeq,
          triggered,
          lastRequestNo,
          replacedNo);
    }

    Standing asking(long requestNo) {
      return new Standing(
          hold,
          emulated,
          sentAs,
          venueOrderId,
          acknowledgedSeq,
          triggered,
          Math.max(lastRequestNo, requestNo),
          replacedNo);
    }

    Standing replaced(long requestNo) {
      return new Standing(
          hold,
          emulated,
          sentAs,
          venueOrderId,
          acknowledgedSeq,
          triggered,
          lastRequestNo,
          Math.max(replacedNo, requestNo));
    }

    Standing reached() {
      return new Standing(
          hold, emulated, sentAs, venueOrderId, acknowledgedSeq, true, lastRequestNo, replacedNo);
    }
  }

  /** What the venue has instead of the type and time that were asked for. */
  record SentAs(OrdType ordType, TimeInForce timeInForce) {}

  /** A change that waits until what is in flight is answered. A later one takes its place. */
  record Queued(Change change, Instant since, Instant sendBy, String commandId, String by) {}

  /** An order that passed our checks, or was adopted. */
  sealed interface Placed extends Order {
    Origin origin();

    Terms terms();

    Links links();

    Standing standing();

    Fills fills();

    VenueWords words();

    default @Nullable OrderId venueOrderId() {
      return standing().venueOrderId();
    }

    default Qty leavesQty() {
      return status().isWorking() ? terms().orderQty().minusUpTo(fills().spentQty()) : Qty.ZERO;
    }
  }

  /**
   * It may trade, as far as we know.
   *
   * @param requests what is in flight, oldest first
   * @param queued the change to be asked for next
   */
  record Live(
      ClOrdId clOrdId,
      Origin origin,
      Terms terms,
      Links links,
      Standing standing,
      Fills fills,
      List<Request> requests,
      @Nullable Queued queued,
      VenueWords words,
      Revision revision)
      implements Placed {
    @Override
    public OrdStatus status() {
      if (!fills.cumQty().isZero()) return OrdStatus.PARTIALLY_FILLED;
      return standing.hold() == Hold.TRIGGER || standing.triggered() || acknowledged()
          ? OrdStatus.NEW
          : OrdStatus.PENDING_NEW;
    }

    public boolean acknowledged() {
      return standing.acknowledgedSeq() > 0;
    }

    /** Kept here: the venue does not know it. */
    public boolean held() {
      return standing.hold() != null;
    }

    public long lastRequestNo() {
      return standing.lastRequestNo();
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

    /** As it will be if the venue grants what is asked of it. */
    public Change asked() {
      var replace = request(RequestKind.REPLACE);
      return replace == null || replace.change() == null ? terms.change() : replace.change();
    }

    /** As it will be if everything is granted that is asked or waits to be. */
    public Change wanted() {
      return queued == null ? asked() : queued.change();
    }

    /**
     * Lots that it may still trade, whatever becomes of a change in flight. A leg that waits for
     * its entry has nothing to trade yet.
     */
    public Qty openQty() {
      if (standing.hold() == Hold.PARENT) return Qty.ZERO;
      return larger(larger(terms.orderQty(), asked().orderQty()), wanted().orderQty())
          .minusUpTo(fills.spentQty());
    }

    /** Lots the venue may still trade: a change that only waits here does not count. */
    private Qty atVenueQty() {
      return larger(terms.orderQty(), asked().orderQty()).minusUpTo(fills.spentQty());
    }

    private static Qty larger(Qty a, Qty b) {
      return a.compareTo(b) >= 0 ? a : b;
    }

    /** What the venue has, or is to have. */
    public VenueTerms atVenue(Change change) {
      var as = standing.sentAs();
      var then = terms.with(change);
      return as == null
          ? VenueTerms.of(then, terms.ordType(), terms.timeInForce())
          : VenueTerms.of(then, as.ordType(), as.timeInForce());
    }

    Live requesting(Request request, Revision newRevision) {
      var more = new ArrayList<>(requests);
      more.removeIf(r -> r.kind() == request.kind());
      more.add(request);
      return with(List.copyOf(more), newRevision).with(standing.asking(request.requestNo()));
    }

    List<Request> without(RequestKind kind) {
      return requests.stream().filter(r -> r.kind() != kind).toList();
    }

    /** The venue has it: by acknowledgement, by a fill, or by its answer about a doubt. */
    Live arrived(@Nullable OrderId id, long seq, Revision newRevision) {
      return with(without(RequestKind.NEW), newRevision).with(standing.arrived(id, seq));
    }

    Live with(List<Request> newRequests, Revision newRevision) {
      return new Live(
          clOrdId, origin, terms, links, standing, fills, newRequests, queued, words, newRevision);
    }

    Live with(Terms newTerms) {
      return new Live(
          clOrdId, origin, newTerms, links, standing, fills, requests, queued, words, revision);
    }

    Live with(Standing newStanding) {
      return new Live(
          clOrdId, origin, terms, links, newStanding, fills, requests, queued, words, revision);
    }

    Live with(Fills newFills) {
      return new Live(
          clOrdId, origin, terms, links, standing, newFills, requests, queued, words, revision);
    }

    Live queuing(@Nullable Queued next) {
      return new Live(
          clOrdId, origin, terms, links, standing, fills, requests, next, words, revision);
    }

    Live saying(VenueWords newWords) {
      return new Live(
          clOrdId, origin, terms, links, standing, fills, requests, queued, newWords, revision);
    }

    Done done(OrdStatus why, @Nullable String reason, VenueWords newWords, Revision newRevision) {
      return new Done(
          clOrdId, origin, terms, links, standing, fills, why, reason, newWords, newRevision);
    }

    /** Ended, if nothing of it is left that could trade. */
    Order settled(Revision ended) {
      if (!atVenueQty().isZero() || standing.hold() == Hold.PARENT) return this;
      return done(spent(terms, fills), null, words, ended);
    }
  }

  /** What an order is of which every lot was executed: busted ones end it, but do not fill it. */
  private static OrdStatus spent(Terms terms, Fills fills) {
    return fills.cumQty().compareTo(terms.orderQty()) >= 0 ? OrdStatus.FILLED : OrdStatus.CANCELED;
  }

  /**
   * It ended, for good. A fill or a bust may still arrive, and is booked.
   *
   * @param reason why it expired
   */
  record Done(
      ClOrdId clOrdId,
      Origin origin,
      Terms terms,
      Links links,
      Standing standing,
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
    Done with(Fills newFills, Revision newRevision) {
      var filled = newFills.cumQty().compareTo(terms.orderQty()) >= 0;
      var now = filled ? OrdStatus.FILLED : why == OrdStatus.FILLED ? OrdStatus.CANCELED : why;
      return new Done(
          clOrdId,
          origin,
          terms,
          links,
          standing,
          newFills,
          now,
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
