package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import io.tapeline.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a market moves, so that a thin one and a thick one can be held side by side: what becomes of
 * the best prices, of what waits there, and how trades follow each other. Where it can be, time is
 * counted in trades, for one market is busier than the other.
 */
public final class MarketDynamics implements MarketListener {
  private static final int LEVELS = 10;

  /** Best levels of fewer lots than this share of what usually waits there are nearly used up. */
  private static final double THIN = 0.4;

  /** How often in the life of a pair of best prices it is looked at. */
  private static final int LOOKS_A_LIFE = 10;

  /** From this share of the lots at both best prices on, one side is the heavier one. */
  private static final double HEAVY = 0.7;

  private final Instant from;
  private final List<Moment> moments = new ArrayList<>();
  private final List<Long> tradesAt = new ArrayList<>();
  private final double[] added = new double[LEVELS];
  private final double[] taken = new double[LEVELS];
  private final double[] canceled = new double[LEVELS];
  private final Map<Long, Long> tradedSince = new HashMap<>();
  private long sameSide;
  private Side lastSide;
  private Depth lastDepth;

  /** A quote, and how many trades were before it. */
  private record Moment(
      double seconds, long bid, long bidLots, long ask, long askLots, int trades) {
    double share() {
      return (double) bidLots / (bidLots + askLots);
    }

    long middle() {
      return bid + ask;
    }
  }

  public MarketDynamics(Instant from) {
    this.from = from;
  }

  @Override
  public void quote(Quote quote) {
    if (quote.venueTime().isBefore(from)) return;
    if (quote.bidPx() == null || quote.askPx() == null) return;
    moments.add(
        new Moment(
            seconds(quote.venueTime()),
            quote.bidPx().ticks(),
            quote.bidQty().lots(),
            quote.askPx().ticks(),
            quote.askQty().lots(),
            tradesAt.size()));
  }

  @Override
  public void print(Print print) {
    if (print.venueTime().isBefore(from)) return;
    tradesAt.add(Duration.between(from, print.venueTime()).toNanos());
    if (print.aggressor() == lastSide) sameSide++;
    lastSide = print.aggressor();
    tradedSince.merge(print.px().ticks(), print.qty().lots(), Long::sum);
  }

  /** What came to and went from the levels both pictures show. */
  @Override
  public void depth(Depth shown) {
    if (shown.venueTime().isBefore(from)) return;
    if (shown.bids().size() < LEVELS || shown.asks().size() < LEVELS) return;
    if (lastDepth != null) {
      compare(lastDepth.bids(), shown.bids(), -1);
      compare(lastDepth.asks(), shown.asks(), +1);
    }
    lastDepth = shown;
    tradedSince.clear();
  }

  private void compare(List<Depth.Level> before, List<Depth.Level> after, int away) {
    long best = before.getFirst().px().ticks();
    var now = new HashMap<Long, Long>();
    for (var level : after) now.put(level.px().ticks(), level.qty().lots());
    long end = after.getLast().px().ticks();
    for (var level : before) {
      long px = level.px().ticks();
      int distance = (int) ((px - best) * away);
      if (distance >= LEVELS || (end - px) * away < 0) continue;
      long change = now.getOrDefault(px, 0L) - level.qty().lots();
      long traded = Math.min(tradedSince.getOrDefault(px, 0L), level.qty().lots());
      taken[distance] += traded;
      added[distance] += Math.max(0, change + traded);
      canceled[distance] += Math.max(0, -change - traded);
    }
  }

  /** How many trades a pair of best prices outlives, on average. */
  double tradesAPrice() {
    return (double) tradesAt.size() / moves().size();
  }

  /** Share of moves of the middle that take the one before back. */
  double bounces() {
    var moves = moves();
    int back = 0;
    for (int i = 1; i < moves.size(); i++)
      if (Long.signum(moves.get(i)) != Long.signum(moves.get(i - 1))) back++;
    return (double) back / (moves.size() - 1);
  }

  private List<Long> moves() {
    var moves = new ArrayList<Long>();
    for (int i = 1; i < moments.size(); i++) {
      long moved = moments.get(i).middle() - moments.get(i - 1).middle();
      if (moved != 0) moves.add(moved);
    }
    return moves;
  }

  /** What became of best levels that were nearly used up. */
  record Refills(double share, double trades) {}

  /**
   * Whether such a level was at its usual size again before its price went, after how many trades.
   */
  Refills refills() {
    var bid = follow(true);
    var ask = follow(false);
    double refilled = bid[0] + ask[0];
    return new Refills(refilled / (refilled + bid[1] + ask[1]), (bid[2] + ask[2]) / refilled);
  }

  private double[] follow(boolean bid) {
    double usual =
        moments.stream().mapToLong(each -> bid ? each.bidLots : each.askLots).average().orElse(0);
    double[] found = new double[3];
    long px = Long.MIN_VALUE;
    int since = -1;
    for (var each : moments) {
      long nowPx = bid ? each.bid : each.ask;
      long lots = bid ? each.bidLots : each.askLots;
      if (nowPx != px) {
        if (since >= 0) found[1]++;
        since = -1;
        px = nowPx;
      }
      if (since < 0 && lots < THIN * usual) since = each.trades;
      if (since >= 0 && lots >= usual) {
        found[0]++;
        found[2] += each.trades - since;
        since = -1;
      }
    }
    return found;
  }

  /**
   * How like itself the share of the bid in the lots at the best prices is after some lives of a
   * pair of best prices: its autocorrelation.
   */
  public double memory(double lives) {
    var shares = new ArrayList<Double>();
    double grid = lifeSeconds() / LOOKS_A_LIFE;
    int lag = (int) Math.round(lives * LOOKS_A_LIFE);
    double next = moments.getFirst().seconds + grid;
    for (int i = 1; i < moments.size(); i++)
      for (; next <= moments.get(i).seconds; next += grid) shares.add(moments.get(i - 1).share());
    double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double together = 0;
    double alone = 0;
    for (int i = 0; i < shares.size(); i++) {
      alone += (shares.get(i) - mean) * (shares.get(i) - mean);
      if (i >= lag) together += (shares.get(i) - mean) * (shares.get(i - lag) - mean);
    }
    return together / alone;
  }

  /**
   * Share of the time in which the next move goes to the thinner side, where one side is heavier.
   */
  double towardsTheThin() {
    double right = 0;
    double all = 0;
    int next = 0;
    for (int i = 0; i < moments.size() - 1; i++) {
      var each = moments.get(i);
      next = Math.max(next, i + 1);
      while (next < moments.size() && moments.get(next).middle() == each.middle()) next++;
      if (next == moments.size()) break;
      if (Math.abs(each.share() - 0.5) < HEAVY - 0.5) continue;
      double time = moments.get(i + 1).seconds - each.seconds;
      boolean up = moments.get(next).middle() > each.middle();
      all += time;
      if (up == each.share() > 0.5) right += time;
    }
    return right / all;
  }

  /**
   * Variance of the number of trades against its mean, in spans of time in which there are so many
   * on average: 1 where they come by chance alone.
   */
  public double clustering(int tradesASpan) {
    long span = tradesAt.getLast() / tradesAt.size() * tradesASpan;
    int windows = (int) (tradesAt.getLast() / span);
    double[] counts = new double[windows];
    for (var at : tradesAt) if (at / span < windows) counts[(int) (at / span)]++;
    double mean = Arrays.stream(counts).average().orElse(0);
    return java.util.Arrays.stream(counts)
            .map(each -> (each - mean) * (each - mean))
            .average()
            .orElse(0)
        / mean;
  }

  /** Share of trades that come within so many milliseconds of the one before. */
  double inARow(long millis) {
    int close = 0;
    for (int i = 1; i < tradesAt.size(); i++)
      if (tradesAt.get(i) - tradesAt.get(i - 1) <= millis * 1_000_000L) close++;
    return (double) close / (tradesAt.size() - 1);
  }

  /** Share of trades whose taker is on the side of the taker before. */
  double sameSide() {
    return (double) sameSide / (tradesAt.size() - 1);
  }

  /** Lots canceled at that distance from the best price, for each one added. */
  double canceledForEachAdded(int distance) {
    return canceled[distance] / added[distance];
  }

  /** Lots that come and go at that distance for each lot that trades. */
  double churn(int distance) {
    double trades = 0;
    for (double each : taken) trades += each;
    return (added[distance] + canceled[distance]) / trades;
  }

  double lifeSeconds() {
    return (moments.getLast().seconds - moments.getFirst().seconds) / moves().size();
  }

  private double seconds(Instant at) {
    return Duration.between(from, at).toNanos() / 1e9;
  }

  /** One number of a market, by what it says. */
  public record Measure(String what, double value) {}

  /** What is the same for a busy market and a slow one. */
  public List<Measure> measures() {
    var all = new ArrayList<Measure>();
    all.add(new Measure("trades a pair of best prices outlives", tradesAPrice()));
    all.add(new Measure("moves that take the one before back, %", 100 * bounces()));
    var refills = refills();
    all.add(new Measure("thin best levels that fill up again, %", 100 * refills.share()));
    all.add(new Measure("trades until they are full", refills.trades()));
    for (double lives : new double[] {0.2, 0.5, 1})
      all.add(
          new Measure("autocorrelation of the imbalance after " + lives + " lives", memory(lives)));
    all.add(new Measure("next move to the thinner side, % of time", 100 * towardsTheThin()));
    for (int trades : new int[] {1, 10, 50})
      all.add(
          new Measure(
              "variance against mean of trades, in spans of " + trades, clustering(trades)));
    all.add(new Measure("trades within 1 ms of the one before, %", 100 * inARow(1)));
    all.add(new Measure("trades on the side of the one before, %", 100 * sameSide()));
    for (int distance = 0; distance < 4; distance++)
      all.add(
          new Measure(
              "lots canceled for each added, " + ticks(distance), canceledForEachAdded(distance)));
    for (int distance = 0; distance < 4; distance++)
      all.add(
          new Measure(
              "lots that come and go for each traded, " + ticks(distance), churn(distance)));
    return all;
  }

  private static String ticks(int distance) {
    return distance == 0 ? "at the best price" : distance + " ticks behind";
  }

  /** Both side by side, as the docs have it. */
  public static String sideBySide(MarketDynamics recorded, MarketDynamics synthetic) {
    var text = new StringBuilder("| | recorded | synthetic |\n|---|---|---|\n");
    var ours = synthetic.measures();
    var theirs = recorded.measures();
    row(
        text,
        "seconds a pair of best prices lives",
        recorded.lifeSeconds(),
        synthetic.lifeSeconds());
    for (int i = 0; i < ours.size(); i++)
      row(text, ours.get(i).what(), theirs.get(i).value(), ours.get(i).value());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, double recorded, double synthetic) {
    text.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f |%n", name, recorded, synthetic));
  }
}
