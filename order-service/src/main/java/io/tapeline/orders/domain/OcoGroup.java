package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Orders of which one is meant to trade: each fill of one makes the others smaller, and the first
 * that is full ends the rest. A member that is cancelled leaves the others as they are.
 *
 * @param full whether one of them was filled completely
 * @param told lots executed beyond what was meant, as far as they were told
 * @param seq the newest event that concerned it
 */
public record OcoGroup(
    String name, PersistentMap<ClOrdId, Member> members, boolean full, long told, long seq) {
  /**
   * One of the orders.
   *
   * @param asked lots it is meant to trade if it trades alone
   */
  public record Member(Symbol symbol, Side side, long asked, long cum, boolean live) {
    Member filled(long lots) {
      return new Member(symbol, side, asked, cum + lots, live);
    }

    Member asking(long lots) {
      return new Member(symbol, side, lots, cum, live);
    }

    Member ended() {
      return new Member(symbol, side, asked, cum, false);
    }
  }

  static OcoGroup empty(String name) {
    return new OcoGroup(name, PersistentMap.empty(), false, 0, 0);
  }

  OcoGroup with(ClOrdId id, Member member, boolean nowFull, long newSeq) {
    return new OcoGroup(name, members.with(id, member), full || nowFull, told, newSeq);
  }

  OcoGroup told(long lots, long newSeq) {
    return new OcoGroup(name, members, full, lots, newSeq);
  }

  boolean isIdle() {
    return members.values().stream().noneMatch(Member::live);
  }

  /** One of them was meant to trade, and did: nobody can join any more. */
  boolean isOver() {
    return full || (isIdle() && cum() > 0);
  }

  private long cum() {
    var sum = 0L;
    for (var member : members.values()) sum += member.cum();
    return sum;
  }

  /** Lots a member may still trade. */
  long wanted(ClOrdId id) {
    var member = members.get(id);
    return member == null || full ? 0 : Math.max(0, member.asked() - cum());
  }

  /** What a member was meant to trade alone, when it is now to have this many lots in all. */
  long alone(ClOrdId id, long orderQty) {
    var member = members.get(id);
    return member == null ? orderQty : orderQty + cum() - member.cum();
  }

  /** Lots executed beyond the largest of them. */
  long excess() {
    var largest = 0L;
    for (var member : members.values()) largest = Math.max(largest, member.asked());
    return Math.max(0, cum() - largest);
  }

  /** Any of those that traded; null: none did. */
  @Nullable Member traded() {
    for (var member : members.values()) if (member.cum() > 0) return member;
    return null;
  }

  /** Whether all that traded did the same: only then can an order of the other side undo it. */
  boolean isOneSided() {
    Member first = traded();
    if (first == null) return true;
    for (var member : members.values()) {
      if (member.cum() > 0
          && (member.side() != first.side() || !member.symbol().equals(first.symbol())))
        return false;
    }
    return true;
  }
}
