package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The shape of a market, so that a thin one and a thick one can be held side by side: how long the
 * spread is how wide, how deep each level is against the first, how large trades are against their
 * mean.
 */
public final class MarketShapes implements MarketListener {
  private static final int WIDEST = 5;
  private static final int LEVELS = 10;

  private final Instant from;
  private final TreeMap<Long, Long> nanosBySpread = new TreeMap<>();
  private final double[] depth = new double[LEVELS];
  private final List<Long> lots = new ArrayList<>();
  private long depths;
  private Quote last;

  public MarketShapes(Instant from) {
    this.from = from;
  }

  @Override
  public void quote(Quote quote) {
    if (quote.venueTime().isBefore(from)) return;
    if (last != null && last.bidPx() != null && last.askPx() != null) {
      long spread = Math.min(WIDEST, last.askPx().ticks() - last.bidPx().ticks());
      nanosBySpread.merge(
          spread, Duration.between(last.venueTime(), quote.venueTime()).toNanos(), Long::sum);
    }
    last = quote;
  }

  @Override
  public void depth(Depth shown) {
    if (shown.venueTime().isBefore(from)) return;
    if (shown.bids().size() < LEVELS || shown.asks().size() < LEVELS) return;
    depths++;
    for (int i = 0; i < LEVELS; i++)
      depth[i] += (shown.bids().get(i).qty().lots() + shown.asks().get(i).qty().lots()) / 2.0;
  }

  @Override
  public void print(Print print) {
    if (!print.venueTime().isBefore(from)) lots.add(print.qty().lots());
  }

  /** Share of time (0 to 1) in which the spread is that wide; {@value #WIDEST} and more as one. */
  public double spreadShare(long ticks) {
    double all = nanosBySpread.values().stream().mapToLong(Long::longValue).sum();
    return nanosBySpread.getOrDefault(ticks, 0L) / all;
  }

  /** How deep a level is on average, against the mean of all ten. */
  public double depthAt(int level) {
    double all = 0;
    for (double each : depth) all += each;
    return depth[level] * LEVELS / all;
  }

  double meanDepth(int level) {
    return depth[level] / depths;
  }

  /** The trade size that this share of trades does not exceed. */
  public long sizeAt(double share) {
    var sorted = lots.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.round(share * sorted.size())));
  }

  public double meanSize() {
    return lots.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  long trades() {
    return lots.size();
  }

  /** Both side by side, as the docs have it. */
  public static String sideBySide(MarketShapes recorded, MarketShapes synthetic) {
    var text = new StringBuilder("| | recorded | synthetic |\n|---|---|---|\n");
    for (long ticks = 1; ticks <= WIDEST; ticks++)
      row(
          text,
          "spread " + ticks + (ticks == WIDEST ? " ticks and more" : " ticks") + ", % of time",
          100 * recorded.spreadShare(ticks),
          100 * synthetic.spreadShare(ticks));
    for (int level = 0; level < LEVELS; level++)
      row(
          text,
          "depth of level " + (level + 1) + " against the mean of ten",
          recorded.depthAt(level),
          synthetic.depthAt(level));
    row(text, "mean lots at level 1", recorded.meanDepth(0), synthetic.meanDepth(0));
    row(text, "trades", (double) recorded.trades(), (double) synthetic.trades());
    row(text, "mean lots of a trade", recorded.meanSize(), synthetic.meanSize());
    for (double share : new double[] {0.5, 0.75, 0.9, 0.99})
      row(
          text,
          "%.0f %% of trades have at most lots".formatted(100 * share),
          (double) recorded.sizeAt(share),
          (double) synthetic.sizeAt(share));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, double recorded, double synthetic) {
    text.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f |%n", name, recorded, synthetic));
  }
}
