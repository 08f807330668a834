package io.tapeline.market.replay.domain;

import io.tapeline.market.exchange.domain.Depth;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.market.exchange.domain.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes markets, conflated by venue time, so that what is published follows from the recordings
 * alone.
 *
 * <p>The rule, for each symbol: when an event has changed its quote or depth, both are looked at at
 * once if the conflation time has passed since the last publication, else exactly when it will have
 * passed; what differs from the last published is published, stamped with that time. So the last
 * state is always out, at most one conflation time late. Prints are published at the end of their
 * event, every one.
 */
final class MarketPublisher {
  static final long NOTHING_DUE = Long.MAX_VALUE;

  private static final class Feed {
    final RecordedMarket market;
    long published = Long.MIN_VALUE;
    long due = NOTHING_DUE;
    @Nullable Quote quote;
    @Nullable Depth depth;

    Feed(RecordedMarket market) {
      this.market = market;
    }
  }

  private final MarketListener listener;
  private final long conflation;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Print> prints = new ArrayList<>();
  private boolean silent = true;
  private long nextDue = NOTHING_DUE;

  MarketPublisher(MarketListener listener, long conflation) {
    this.listener = listener;
    this.conflation = conflation;
  }

  /** Takes a market on; its number is the one to name it by. */
  int add(RecordedMarket market) {
    feeds.add(new Feed(market));
    return feeds.size() - 1;
  }

  void silent(boolean newSilent) {
    silent = newSilent;
  }

  /** Keeps a print until its event is complete. */
  void print(Print print) {
    if (!silent) prints.add(print);
  }

  boolean isSilent() {
    return silent;
  }

  /** An event of the market is complete. */
  void endOfEvent(int number, long now) {
    if (!prints.isEmpty()) {
      prints.forEach(listener::print);
      prints.clear();
    }
    var feed = feeds.get(number);
    if (feed.due != NOTHING_DUE) return;
    if (feed.published == Long.MIN_VALUE || now - feed.published >= conflation) {
      publish(feed, now);
    } else {
      feed.due = feed.published + conflation;
      nextDue = Math.min(nextDue, feed.due);
    }
  }

  /** When the next publication is due that waits for its time. */
  long nextDue() {
    return nextDue;
  }

  /** Publishes what is due at {@link #nextDue}. */
  void publishDue() {
    long now = nextDue;
    nextDue = NOTHING_DUE;
    for (var feed : feeds) {
      if (feed.due == now) {
        feed.due = NOTHING_DUE;
        publish(feed, now);
      }
      nextDue = Math.min(nextDue, feed.due);
    }
  }

  /** Looks at every market now. */
  void publishAll(long now) {
    nextDue = NOTHING_DUE;
    for (var feed : feeds) {
      feed.due = NOTHING_DUE;
      publish(feed, now);
    }
  }

  /** The last published states once more. */
  void repeat() {
    for (var feed : feeds) {
      if (feed.quote != null) listener.quote(feed.quote);
      if (feed.depth != null) listener.depth(feed.depth);
    }
  }

  private void publish(Feed feed, long now) {
    var at = Instant.ofEpochSecond(0, now);
    var quote = feed.market.quote(at);
    var depth = feed.market.depth(at);
    boolean newQuote = differs(quote, feed.quote);
    boolean newDepth = depth != null && differs(depth, feed.depth);
    if (newQuote) feed.quote = quote;
    if (newDepth) feed.depth = depth;
    if (newQuote || newDepth) feed.published = now;
    if (silent) return;
    if (newQuote) listener.quote(quote);
    if (newDepth && depth != null) listener.depth(depth);
  }

  private static boolean differs(Quote quote, @Nullable Quote last) {
    return last == null
        ? quote.bidPx() != null || quote.askPx() != null || quote.lastPx() != null
        : !quote.equals(
            new Quote(
                last.symbol(),
                last.bidPx(),
                last.bidQty(),
                last.askPx(),
                last.askQty(),
                last.lastPx(),
                last.lastQty(),
                quote.venueTime()));
  }

  private static boolean differs(Depth depth, @Nullable Depth last) {
    return last == null
        ? !depth.bids().isEmpty() || !depth.asks().isEmpty()
        : !depth.bids().equals(last.bids()) || !depth.asks().equals(last.asks());
  }
}
