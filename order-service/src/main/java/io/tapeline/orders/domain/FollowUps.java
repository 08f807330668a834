package io.tapeline.orders.domain;

import io.tapeline.orders.domain.Order.Live;
import java.util.ArrayList;
import java.util.List;

/**
 * What the account's own rules ask for after each decision. They look at how things stand, not at
 * what happened: whatever was lost, late or done twice, the next look asks for what is missing
 * still. Asked again when nothing changed, they ask for nothing.
 */
public final class FollowUps {
  /** More would mean that two rules undo each other. */
  public static final int MOST_PASSES = 8;

  private FollowUps() {}

  /** One pass; to be asked again on the account after these events, until there are none. */
  public static List<OrderEvent> of(AccountState account, Circumstances now) {
    var all = account.contingencies();
    var events = new ArrayList<OrderEvent>();
    if (all.flatten() != null) {
      events.addAll(FlattenRules.next(account, all.flatten(), now));
      return events.isEmpty() ? shrunk(account, ReduceOnly.grant(account), now) : events;
    }
    if (all.brackets().isEmpty() && all.groups().isEmpty() && account.totals().reduceOnly() == 0)
      return events;
    var granted = ReduceOnly.grant(account);
    for (var bracket : all.brackets().values())
      events.addAll(BracketFollowUps.of(account, bracket, granted.of(bracket), now));
    events.addAll(shrunk(account, granted, now));
    events.addAll(RestoreRules.of(account, now));
    return events;
  }

  /** Orders that are no legs, and larger than they may be. */
  private static List<OrderEvent> shrunk(
      AccountState account, ReduceOnly.Granted granted, Circumstances now) {
    var events = new ArrayList<OrderEvent>();
    for (var live : account.live().values()) {
      var lots = wanted(account, live, granted);
      if (lots < live.leavesQty().lots()) events.addAll(Adjust.shrink(account, live, lots, now));
    }
    return events;
  }

  /** Lots that an order which is no leg may still trade. */
  private static long wanted(AccountState account, Live live, ReduceOnly.Granted granted) {
    if (live.links().isLeg()) return live.leavesQty().lots();
    var lots = granted.of(live);
    var group =
        live.links().ocoGroup() == null ? null : account.contingencies().groupOf(live.clOrdId());
    return group == null ? lots : Math.min(lots, group.wanted(live.clOrdId()));
  }
}
