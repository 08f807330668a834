package io.tapeline.positions.domain;

import io.tapeline.model.ExecId;
import io.tapeline.model.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The executions of an account that stand, by contract, in the order in which they count. A
 * position keeps sums and open lots, and neither says what would be without one execution in the
 * past: for that the contract is folded again from here.
 */
public final class Executions {
  private final Map<Symbol, TreeMap<Long, Fill>> byPlace = new HashMap<>();

  public Executions() {}

  Executions(Collection<Fill> standing) {
    standing.forEach(this::add);
  }

  public void add(Fill fill) {
    byPlace.computeIfAbsent(fill.symbol(), _ -> new TreeMap<>()).put(fill.place(), fill);
  }

  public void remove(Fill fill) {
    var fills = byPlace.get(fill.symbol());
    if (fills != null) fills.remove(fill.place());
  }

  /** Null: never booked, or taken back. */
  @Nullable Fill standing(Symbol symbol, ExecId execId) {
    var fills = byPlace.get(symbol);
    if (fills == null) return null;
    for (var fill : fills.values()) if (fill.execId().equals(execId)) return fill;
    return null;
  }

  /** All of the contract, with another in the place of one, or with nothing there. */
  List<Fill> with(Fill old, @Nullable Fill instead) {
    var fills = byPlace.getOrDefault(old.symbol(), new TreeMap<>());
    var after = new ArrayList<Fill>(fills.size());
    for (var fill : fills.values()) {
      if (!fill.equals(old)) after.add(fill);
      else if (instead != null) after.add(instead);
    }
    return after;
  }
}
