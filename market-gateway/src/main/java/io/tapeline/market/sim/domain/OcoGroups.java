package io.tapeline.market.sim.domain;

import io.tapeline.model.AccountId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Open orders of a group: what one of them fills the others have less, and the last ends them. */
final class OcoGroups {
  private record Key(AccountId account, String group) {}

  private final Map<Key, Set<DeskOrder>> groups = new HashMap<>();

  void add(DeskOrder order) {
    var key = key(order);
    if (key != null) groups.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(order);
  }

  void ended(DeskOrder order) {
    var key = key(order);
    if (key == null) return;
    groups.computeIfPresent(
        key,
        (_, orders) -> {
          orders.remove(order);
          return orders.isEmpty() ? null : orders;
        });
  }

  /** The others of its group, oldest first. */
  List<DeskOrder> siblings(DeskOrder order) {
    var key = key(order);
    if (key == null) return List.of();
    return groups.getOrDefault(key, Set.of()).stream().filter(other -> other != order).toList();
  }

  private static @Nullable Key key(DeskOrder order) {
    var group = order.order.ocoGroup();
    return group == null ? null : new Key(order.order.account(), group);
  }
}
