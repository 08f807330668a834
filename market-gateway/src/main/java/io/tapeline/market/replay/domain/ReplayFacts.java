package io.tapeline.market.replay.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay has seen so far, from the first record of its files on (those before {@code from}
 * included), for another reading of the same files to be held against.
 *
 * @param records all records, those that could not be used included
 * @param byKind records by what they say: add, modify, cancel, clear, trade, fill, quote, none; and
 *     by record type where it is not the file's own
 * @param unusable records that could not be used, by reason; part of {@code records}
 * @param problems what stopped a file before its end, a sentence each
 */
public record ReplayFacts(
    List<File> files,
    long records,
    Map<String, Long> byKind,
    Map<String, Long> unusable,
    List<Market> markets,
    List<String> problems,
    @Nullable Instant first,
    @Nullable Instant last,
    boolean finished) {

  public ReplayFacts {
    files = List.copyOf(files);
    markets = List.copyOf(markets);
    problems = List.copyOf(problems);
  }

  /**
   * One recording.
   *
   * @param allows what can be done with it, for people
   */
  public record File(String name, String schema, List<String> symbols, String allows) {
    public File {
      symbols = List.copyOf(symbols);
    }
  }

  /**
   * One contract. Prices are decimals; null where there was none.
   *
   * @param symbol its contract code; {@code instrument 17077} where the file has no code for it
   * @param volume lots of all trades
   * @param first receive time of its first record
   */
  public record Market(
      String symbol,
      long records,
      Map<String, Long> byKind,
      Map<String, Long> unusable,
      long trades,
      long volume,
      @Nullable BigDecimal open,
      @Nullable BigDecimal high,
      @Nullable BigDecimal low,
      @Nullable BigDecimal close,
      @Nullable Top top,
      @Nullable Instant first,
      @Nullable Instant last) {}

  /** The best prices when the newest record was applied. */
  public record Top(
      @Nullable BigDecimal bidPx, long bidQty, @Nullable BigDecimal askPx, long askQty) {}

  /** The report for people, a line per fact. */
  public String text() {
    var lines = new ArrayList<String>();
    for (var file : files) {
      lines.add(
          "%s: %s of %s".formatted(file.name(), file.schema(), String.join(", ", file.symbols())));
    }
    lines.add("records %,d %s".formatted(records, byKind));
    lines.add("unusable %s".formatted(unusable.isEmpty() ? "none" : unusable));
    for (var market : markets) {
      lines.add(
          "%s: %,d records from %s to %s"
              .formatted(market.symbol(), market.records(), market.first(), market.last()));
      if (market.trades() > 0) {
        lines.add(
            "  trades %,d, volume %,d, open %s, high %s, low %s, close %s"
                .formatted(
                    market.trades(),
                    market.volume(),
                    market.open(),
                    market.high(),
                    market.low(),
                    market.close()));
      }
      var top = market.top();
      if (top != null) {
        lines.add(
            "  last book top: %d at %s bid, %d at %s asked"
                .formatted(top.bidQty(), top.bidPx(), top.askQty(), top.askPx()));
      }
    }
    problems.forEach(problem -> lines.add("stopped early: " + problem));
    return String.join("\n", lines);
  }
}
