package io.tapeline.positions.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.Pairing;
import io.tapeline.positions.domain.Position;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How far prices went while lots were open, from the quotes of the moment: nothing on the tape can
 * tell it again, so what it came to when lots were closed is written down as a fact of the trade.
 */
@ApplicationScoped
public class Excursions {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Map<AccountId, Map<Long, Range>> ranges = new ConcurrentHashMap<>();
  private final Set<AccountId> changed = ConcurrentHashMap.newKeySet();

  /** Half ticks. */
  record Range(long lowest, long highest) {
    Range with(long halfTicks) {
      return halfTicks >= lowest && halfTicks <= highest
          ? this
          : new Range(Math.min(lowest, halfTicks), Math.max(highest, halfTicks));
    }
  }

  /**
   * What it came to, in money.
   *
   * @param adverse zero or less; {@code favourable} zero or more
   */
  public record Excursion(BigDecimal adverse, BigDecimal favourable) {}

  Excursions() {}

  /** A price that open lots were valued at. */
  void saw(AccountId accountId, Position position, Mark mark) {
    var ofAccount = ranges.computeIfAbsent(accountId, _ -> new ConcurrentHashMap<>());
    for (var lot : position.lots()) {
      var entry = half(lot.px());
      var known = ofAccount.getOrDefault(lot.seq(), new Range(entry, entry));
      var now = known.with(mark.halfTicks());
      if (now.equals(known)) continue;
      ofAccount.put(lot.seq(), now);
      changed.add(accountId);
    }
  }

  /** How far it went from the entry to the exit, both included. */
  Excursion of(AccountId accountId, Pairing trip) {
    var entry = half(trip.entry().lastPx());
    var range =
        ranges
            .getOrDefault(accountId, Map.of())
            .getOrDefault(trip.entry().place(), new Range(entry, entry))
            .with(half(trip.exit().lastPx()));
    long up = range.highest() - entry;
    long down = range.lowest() - entry;
    return trip.side() == Side.BUY
        ? new Excursion(money(trip, down), money(trip, up))
        : new Excursion(money(trip, -up), money(trip, -down));
  }

  private static long half(Price px) {
    return Math.multiplyExact(2, px.ticks());
  }

  private static BigDecimal money(Pairing trip, long halfTicks) {
    return trip.instrument()
        .worth(Math.multiplyExact(halfTicks, trip.qty()))
        .amount()
        .divide(TWO)
        .stripTrailingZeros();
  }

  /** Forgets lots that are closed. */
  void tidy(AccountFold fold) {
    var ofAccount = ranges.get(fold.accountId());
    if (ofAccount == null) return;
    var open =
        fold.positions().values().stream()
            .flatMap(position -> position.lots().stream())
            .map(lot -> lot.seq())
            .collect(Collectors.toSet());
    if (ofAccount.keySet().retainAll(open)) changed.add(fold.accountId());
  }

  /** What is to be kept of an account when it changed since it was asked last. */
  Optional<String> changes(AccountId accountId) {
    if (!changed.remove(accountId)) return Optional.empty();
    var rows =
        ranges.getOrDefault(accountId, Map.of()).entrySet().stream()
            .map(e -> new long[] {e.getKey(), e.getValue().lowest(), e.getValue().highest()})
            .toList();
    return Optional.of(new String(Json.bytes(rows), java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Takes up what was kept. */
  void restore(AccountId accountId, String json) {
    try {
      var known = new HashMap<Long, Range>();
      Arrays.stream(Json.MAPPER.readValue(json, long[][].class))
          .forEach(row -> known.put(row[0], new Range(row[1], row[2])));
      var ofAccount = ranges.computeIfAbsent(accountId, _ -> new ConcurrentHashMap<>());
      known.forEach(
          (place, range) ->
              ofAccount.merge(place, range, (a, b) -> a.with(b.lowest()).with(b.highest())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("excursions that are none: " + json, e);
    }
  }

  void forget(Predicate<AccountId> which) {
    ranges.keySet().removeIf(which);
    changed.removeIf(which);
  }

  /** Whether it knows anything of the account. */
  boolean knows(AccountId accountId) {
    return ranges.containsKey(accountId);
  }

  /** Contracts of which this account has open lots. */
  static Set<Symbol> held(AccountFold fold) {
    return fold.positions().values().stream()
        .filter(position -> !position.isFlat())
        .map(position -> position.instrument().symbol())
        .collect(Collectors.toSet());
  }
}
