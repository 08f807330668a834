package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to follow from an account's fills: its brackets, its OCO groups, the process that makes
 * it flat. Part of the account's state, folded from the same events.
 *
 * @param brackets by the id of the entry, the newest ended ones included
 * @param groups by name, likewise
 * @param lots what is open of each position, oldest first
 * @param refusals what the venue would not do to an order that still works
 * @param noted what the venue said of executions it has not told yet
 * @param flatten the process under way
 * @param ended how the last ones ended, oldest first
 */
public record Contingencies(
    PersistentMap<ClOrdId, Bracket> brackets,
    PersistentMap<String, OcoGroup> groups,
    PersistentMap<Symbol, OpenLots> lots,
    PersistentMap<ClOrdId, Refusal> refusals,
    PersistentMap<ExecId, Noted> noted,
    @Nullable Flatten flatten,
    List<Flatten.Ended> ended) {
  static final Contingencies NONE =
      new Contingencies(
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          null,
          List.of());

  /** Ended ones are kept for a fill that comes late, and not without end. */
  private static final int MOST_ENDED = 64;

  private static final int MOST_ANSWERS = 32;

  private static final int MOST_NOTED = 256;

  /**
   * A revision that came before its execution.
   *
   * @param instead what stands in its place; null: nothing does
   * @param seq the event that told of it
   */
  public record Noted(OrderEvent.@Nullable Instead instead, @Nullable String text, long seq) {}

  public Contingencies {
    ended = List.copyOf(ended);
  }

  /** The bracket that an order's name belongs to: its entry, a leg, or what restores a position. */
  public @Nullable Bracket bracketOf(ClOrdId id) {
    var entry = brackets.get(id);
    if (entry != null) return entry;
    var dot = id.value().lastIndexOf('.');
    return dot < 1 || !LegNames.isOne(id.value().substring(dot))
        ? null
        : brackets.get(new ClOrdId(id.value().substring(0, dot)));
  }

  /** The groups an order is a member of: one, as a rule. */
  @Nullable OcoGroup groupOf(ClOrdId id) {
    for (var group : groups.values()) if (group.members().contains(id)) return group;
    return null;
  }

  OpenLots lots(Symbol symbol) {
    var open = lots.get(symbol);
    return open == null ? OpenLots.NONE : open;
  }

  /** How a process ended; null: unknown here, or still under way. */
  public Flatten.@Nullable Outcome outcome(String commandId) {
    for (var one : ended) if (one.commandId().equals(commandId)) return one.outcome();
    return null;
  }

  Contingencies with(Bracket bracket) {
    var next = brackets.with(bracket.id(), bracket);
    return new Contingencies(trimmed(next), groups, lots, refusals, noted, flatten, ended);
  }

  Contingencies with(OcoGroup group) {
    return new Contingencies(
        brackets,
        trimmedGroups(groups.with(group.name(), group)),
        lots,
        refusals,
        noted,
        flatten,
        ended);
  }

  Contingencies with(Symbol symbol, OpenLots open) {
    var next = open.lots().isEmpty() ? lots.without(symbol) : lots.with(symbol, open);
    return new Contingencies(brackets, groups, next, refusals, noted, flatten, ended);
  }

  Contingencies with(ClOrdId id, @Nullable Refusal refusal) {
    if (refusal == null && !refusals.contains(id)) return this;
    var next = refusal == null ? refusals.without(id) : refusals.with(id, refusal);
    return new Contingencies(brackets, groups, lots, next, noted, flatten, ended);
  }

  Contingencies noting(ExecId execId, Noted revision) {
    var next = noted.with(execId, revision);
    if (next.size() > MOST_NOTED) next = next.without(oldest(next));
    return new Contingencies(brackets, groups, lots, refusals, next, flatten, ended);
  }

  private static ExecId oldest(PersistentMap<ExecId, Noted> all) {
    var found = new ArrayList<Map.Entry<ExecId, Noted>>(all.size());
    all.forEach((id, one) -> found.add(Map.entry(id, one)));
    return found.stream()
        .min(Comparator.comparingLong(entry -> entry.getValue().seq()))
        .orElseThrow()
        .getKey();
  }

  /** The execution was told. */
  Contingencies told(ExecId execId) {
    return noted.contains(execId)
        ? new Contingencies(brackets, groups, lots, refusals, noted.without(execId), flatten, ended)
        : this;
  }

  Contingencies with(@Nullable Flatten process) {
    return new Contingencies(brackets, groups, lots, refusals, noted, process, ended);
  }

  Contingencies ended(Flatten.Ended one) {
    var more = new ArrayList<>(ended);
    more.add(one);
    while (more.size() > MOST_ANSWERS) more.removeFirst();
    return new Contingencies(brackets, groups, lots, refusals, noted, null, more);
  }

  private static PersistentMap<ClOrdId, Bracket> trimmed(PersistentMap<ClOrdId, Bracket> all) {
    if (all.size() <= MOST_ENDED) return all;
    var idle = all.values().stream().filter(Bracket::isIdle).toList();
    if (idle.size() <= MOST_ENDED) return all;
    var oldest = idle.stream().min(Comparator.comparingLong(Bracket::seq)).orElseThrow();
    return all.without(oldest.id());
  }

  private static PersistentMap<String, OcoGroup> trimmedGroups(
      PersistentMap<String, OcoGroup> all) {
    if (all.size() <= MOST_ENDED) return all;
    var idle = all.values().stream().filter(OcoGroup::isIdle).toList();
    if (idle.size() <= MOST_ENDED) return all;
    var oldest = idle.stream().min(Comparator.comparingLong(OcoGroup::seq)).orElseThrow();
    return all.without(oldest.name());
  }
}
