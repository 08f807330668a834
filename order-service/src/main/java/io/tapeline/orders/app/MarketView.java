package io.tapeline.orders.app;

import io.tapeline.contract.FeedState;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.QuoteRow;
import io.tapeline.model.Instrument;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Circumstances.Session;
import io.tapeline.orders.domain.TopOfBook;
import io.tapeline.orders.domain.VenueCapabilities;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this service knows of the market: contracts, the newest quotes, and the venues' state. */
@ApplicationScoped
public class MarketView {
  private final Map<String, Instrument> instruments = new ConcurrentHashMap<>();
  private final Map<String, TopOfBook> tops = new ConcurrentHashMap<>();
  private final Map<String, MarketStatusRow> venues = new ConcurrentHashMap<>();
  private final Map<String, MarketStatusRow> sessions = new ConcurrentHashMap<>();

  /** By venue: asked for with every command, told once in seconds. */
  private final Map<String, VenueCapabilities> capabilities = new ConcurrentHashMap<>();

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile Instant knownUpTo = Instant.EPOCH;

  public void learn(InstrumentRow row) {
    instruments.put(
        row.symbol(),
        TapeRecords.instrument(row.symbol(), row.tickSize(), row.tickValue(), row.currency()));
  }

  public void learn(QuoteRow row) {
    tops.put(row.symbol(), new TopOfBook(row.bidPx(), row.askPx(), row.lastPx()));
  }

  public void learn(MarketStatusRow row) {
    if (row.symbol() != null) {
      sessions.put(row.venue() + "|" + row.symbol(), row);
      return;
    }
    capabilities.put(row.venue(), capabilities(row));
    venues.put(row.venue(), row);
  }

  /** The catalogue was read to its end. */
  public void complete() {
    ready.complete(null);
  }

  public boolean isComplete() {
    return ready.isDone();
  }

  public CompletableFuture<Void> completed() {
    return ready;
  }

  @Nullable Instrument instrument(Symbol symbol) {
    return instruments.get(symbol.value());
  }

  @Nullable TopOfBook top(Symbol symbol) {
    return tops.get(symbol.value());
  }

  /** A venue of which nothing was ever heard is not called down: reconciliation guards that. */
  boolean down(String venue) {
    var status = venues.get(venue);
    return status != null && status.feed() == FeedState.DOWN;
  }

  /** A venue that is down says nothing of its session: an outage ends no order of the day. */
  Session session(String venue, Symbol symbol) {
    var status = status(venue, symbol);
    if (status == null || status.feed() == FeedState.DOWN || down(venue)) return Session.OPEN;
    return switch (status.session()) {
      case "CLOSED" -> Session.CLOSED;
      case "HALTED" -> Session.HALTED;
      default -> Session.OPEN;
    };
  }

  /** Of one instrument there; of the venue as a whole where nothing is said of it. */
  private @Nullable MarketStatusRow status(String venue, Symbol symbol) {
    var own = sessions.get(venue + "|" + symbol);
    return own != null ? own : venues.get(venue);
  }

  /** Everything that was told of the venues up to this instant (service clock) is known here. */
  public void upToDate(Instant asOf) {
    knownUpTo = asOf;
  }

  /**
   * Whether prices are known to have been unreliable for so long. A moment's stall is none: a busy
   * machine makes one, and takes it back with its next word. So what counts is how long it lasted
   * as far as is known here, and not how late it is.
   */
  boolean feedDistrusted(String venue, Symbol symbol, Duration patience) {
    var status = status(venue, symbol);
    if (status == null || !isUnreliable(status.feed())) return false;
    var upTo = knownUpTo.isAfter(status.at()) ? knownUpTo : status.at();
    return Duration.between(status.since(), upTo).compareTo(patience) >= 0;
  }

  private static boolean isUnreliable(FeedState feed) {
    return switch (feed) {
      case STALLED, DIVERGENT -> true;
      // DOWN is the venue's, and has a reason of its own
      case LIVE, QUIET, DOWN -> false;
    };
  }

  /** What the venue does by itself; of one that says nothing of itself, the least. */
  VenueCapabilities capabilities(String venue) {
    return capabilities.getOrDefault(venue, VenueCapabilities.LEAST);
  }

  private static VenueCapabilities capabilities(MarketStatusRow status) {
    var row = status.capabilities();
    return row == null
        ? VenueCapabilities.LEAST
        : new VenueCapabilities(
            Set.copyOf(row.ordTypes()),
            Set.copyOf(row.timesInForce()),
            VenueCapabilities.Replace.valueOf(row.replace()),
            row.nativeOco(),
            row.nativeBrackets(),
            VenueCapabilities.TriggerOn.valueOf(row.triggerOn()));
  }

  /** The venue's clock now, going on at its own rate since it was last told. */
  @Nullable Instant venueTime(String venue, Instant now) {
    var status = venues.get(venue);
    if (status == null) return null;
    var sinceTold = Duration.between(status.at(), now);
    if (sinceTold.isNegative()) return status.venueTime();
    var passed =
        BigDecimal.valueOf(sinceTold.toNanos() / 1_000)
            .multiply(status.rate())
            .setScale(0, RoundingMode.DOWN)
            .longValue();
    return status.venueTime().plus(passed, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MICROS);
  }
}
