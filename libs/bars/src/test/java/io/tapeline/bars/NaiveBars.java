package io.tapeline.bars;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bars of 17:00 Chicago days written down as plainly as can be: all trades that count, sorted, put
 * in piles, and each pile looked at as a whole.
 */
final class NaiveBars {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private final List<Trade> said = new ArrayList<>();

  record Content(
      BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, long lots, long trades) {
    static Content of(Bar bar) {
      return new Content(
          bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.trades());
    }
  }

  void say(Trade trade) {
    said.add(trade);
  }

  Map<Instant, Content> bars(Interval interval) {
    var piles = new TreeMap<Instant, List<Trade>>();
    for (var trade : counting())
      piles.computeIfAbsent(start(interval, trade.at()), _ -> new ArrayList<>()).add(trade);
    var bars = new TreeMap<Instant, Content>();
    piles.forEach((start, pile) -> bars.put(start, content(pile)));
    return bars;
  }

  private List<Trade> counting() {
    var counting = new LinkedHashMap<Long, Trade>();
    long pass = 0;
    for (var trade : said) {
      if (trade.pass() < pass) continue;
      if (trade.pass() > pass) {
        pass = trade.pass();
        var second = trade.passFrom().getEpochSecond();
        counting.values().removeIf(each -> each.at().getEpochSecond() >= second);
      }
      counting.put(trade.id(), trade);
    }
    return counting.values().stream()
        .filter(trade -> trade.qty() > 0)
        .sorted(Comparator.comparing(Trade::at))
        .toList();
  }

  private static Content content(List<Trade> pile) {
    return new Content(
        pile.getFirst().px(),
        pile.stream().map(Trade::px).max(Comparator.naturalOrder()).orElseThrow(),
        pile.stream().map(Trade::px).min(Comparator.naturalOrder()).orElseThrow(),
        pile.getLast().px(),
        pile.stream().mapToLong(Trade::qty).sum(),
        pile.size());
  }

  static Instant start(Interval interval, Instant at) {
    var local = at.atZone(CHICAGO);
    var date =
        local.toLocalTime().isBefore(LocalTime.of(17, 0))
            ? local.toLocalDate().minusDays(1)
            : local.toLocalDate();
    var open = ZonedDateTime.of(date, LocalTime.of(17, 0), CHICAGO).toInstant();
    if (interval.isDay()) return open;
    var start = open;
    var length = Duration.ofSeconds(interval.seconds());
    long whole = Duration.between(open, at).dividedBy(length);
    return start.plus(length.multipliedBy(whole));
  }
}
