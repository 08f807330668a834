package io.tapeline.market.app;

import io.tapeline.contract.FeedState;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.market.exchange.domain.SessionState;
import io.tapeline.market.venue.CalendarHours;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the venue and each of its symbols can be trusted, on {@code market.status.v1}: at every
 * change, and every 5 s. On the housekeeping thread.
 */
final class Statuses {
  private static final Duration SAY_AGAIN = Duration.ofSeconds(5);
  private static final Duration SAY_LOST = Duration.ofSeconds(10);
  private static final String LOST = "market records are lost on their way to the topics";
  private static final String MUTE = "no contract is heard of, nor a heartbeat";

  private final Tape tape;
  private final Venue venue;
  private final Instruments instruments;
  private final MarketBoard board;
  private final InstantSource clock;
  private long lost;
  private long lostAt;
  private final Map<String, Said> said = new HashMap<>();
  private final Map<Symbol, FeedTrust> trusts = new HashMap<>();
  private final Map<Symbol, Optional<CalendarHours>> sessions = new HashMap<>();

  /** What was last said of a venue ("") or symbol. */
  private record Said(Feed feed, @Nullable Boolean reconciled, Instant since, Instant at) {}

  private record Feed(SessionState session, FeedState state, @Nullable String reason) {}

  Statuses(
      Tape tape, Venue venue, Instruments instruments, MarketBoard board, InstantSource clock) {
    this.tape = tape;
    this.venue = venue;
    this.instruments = instruments;
    this.board = board;
    this.clock = clock;
  }

  void say(boolean reconciled) {
    long now = System.nanoTime();
    var ofVenue = whole(feed(venue.state()), now);
    var feeds = new TreeMap<String, Feed>();
    board
        .shown()
        .forEach((symbol, shown) -> feeds.put(symbol.value(), feed(symbol, shown, ofVenue, now)));
    say("", ofVenue(ofVenue, feeds), reconciled);
    feeds.forEach((symbol, feed) -> say(symbol, feed, null));
  }

  /** What is lost between here and the topics is missing to everybody who reads them. */
  private Feed whole(Feed venue, long now) {
    long lostNow = tape.lost();
    if (lostNow > lost) lostAt = now;
    lost = lostNow;
    return venue.state() == FeedState.LIVE && lost > 0 && now - lostAt < SAY_LOST.toNanos()
        ? new Feed(venue.session(), FeedState.DIVERGENT, LOST)
        : venue;
  }

  /** The venue as a whole stands where all of its contracts do. */
  private static Feed ofVenue(Feed venue, Map<String, Feed> feeds) {
    if (venue.state() == FeedState.DOWN || feeds.isEmpty()) return venue;
    var sessions = feeds.values().stream().map(Feed::session).distinct().toList();
    var session = sessions.size() == 1 ? sessions.getFirst() : SessionState.OPEN;
    return allStalled(feeds)
        ? new Feed(session, FeedState.STALLED, MUTE)
        : new Feed(session, venue.state(), venue.reason());
  }

  private static boolean allStalled(Map<String, Feed> feeds) {
    return !feeds.isEmpty()
        && feeds.values().stream().allMatch(feed -> feed.state() == FeedState.STALLED);
  }

  private Feed feed(Symbol symbol, MarketBoard.Shown shown, Feed ofVenue, long now) {
    if (ofVenue.state() == FeedState.DOWN) return ofVenue;
    var session = venue.session(symbol);
    var verdict =
        trusts
            .computeIfAbsent(symbol, _ -> new FeedTrust())
            .judge(
                now,
                shown.heardAt(),
                board.beatAt(),
                session != SessionState.CLOSED && inSession(symbol),
                shown.quote(),
                shown.depth());
    return ofVenue.state() == FeedState.LIVE
        ? new Feed(session, verdict.state(), verdict.reason())
        : new Feed(session, ofVenue.state(), ofVenue.reason());
  }

  /** A recording keeps the hours of its exchange, whatever it takes orders for. */
  private boolean inSession(Symbol symbol) {
    if (venue.facet(Player.class).isEmpty()) return true;
    return sessions
        .computeIfAbsent(symbol, each -> instruments.session(each).map(CalendarHours::new))
        .map(session -> session.isOpen(venue.clock().venueTime()))
        .orElse(true);
  }

  /** The venue is left alone: the last word of this gateway about it. */
  void sayDown(String reason) {
    var down = new Feed(SessionState.CLOSED, FeedState.DOWN, reason);
    say("", down, false);
    board.shown().keySet().forEach(symbol -> say(symbol.value(), down, null));
  }

  private static Feed feed(VenueState state) {
    return switch (state.phase()) {
      case UP -> new Feed(SessionState.OPEN, FeedState.LIVE, state.reason());
      case STANDING -> new Feed(SessionState.OPEN, FeedState.QUIET, state.reason());
      case STARTING -> new Feed(SessionState.CLOSED, FeedState.DOWN, "the venue is starting");
      case DISCONNECTED, DOWN, BROKEN ->
          new Feed(SessionState.CLOSED, FeedState.DOWN, state.reason());
    };
  }

  private static MarketStatusRow.CapabilitiesRow capabilities(VenueCapabilities venue) {
    return new MarketStatusRow.CapabilitiesRow(
        venue.ordTypes().stream().sorted().toList(),
        venue.timesInForce().stream().sorted().toList(),
        venue.replace().name(),
        venue.nativeOco(),
        venue.nativeBrackets(),
        venue.triggerOn().name(),
        venue.ack().toMillis());
  }

  private void say(String symbol, Feed feed, @Nullable Boolean reconciled) {
    var now = clock.instant();
    var before = said.get(symbol);
    if (before != null
        && before.feed().equals(feed)
        && Objects.equals(before.reconciled(), reconciled)
        && before.at().plus(SAY_AGAIN).isAfter(now)) return;
    var since = before != null && before.feed().equals(feed) ? before.since() : now;
    said.put(symbol, new Said(feed, reconciled, since, now));
    var time = venue.clock();
    tape.status(
        new MarketStatusRow(
            venue.name(),
            symbol.isEmpty() ? null : symbol,
            feed.session().name(),
            feed.state(),
            feed.reason(),
            since,
            now,
            time.venueTime(),
            time.rate(),
            reconciled,
            symbol.isEmpty() ? capabilities(venue.capabilities()) : null));
  }
}
