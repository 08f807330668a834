package io.tapeline.bridge.fanout.app;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tapeline.bars.Bar;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bars.SessionCalendar;
import io.tapeline.bridge.fanout.domain.Board;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.Rolling;
import io.tapeline.bridge.inner.InnerService;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Bars as they form: published ones are passed on, those of any other interval are rolled up from
 * them while somebody looks.
 */
@ApplicationScoped
public class LiveBars {
  private static final Logger LOG = Logger.getLogger(LiveBars.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long RETRY_MS = 1_000;
  private static final int MOST_PARTS = 1_000;

  private final Fanout fanout;
  private final Board board;
  private final InnerServices services;
  private final Vertx vertx;
  private final ConcurrentMap<String, SessionCalendar> calendars = new ConcurrentHashMap<>();

  /** Sessions that cannot be read, by symbol. */
  private final ConcurrentMap<String, String> refused = new ConcurrentHashMap<>();

  /** By the channel they are made of, then by their own. */
  private final ConcurrentMap<ChannelName, Map<ChannelName, Rolled>> rolled =
      new ConcurrentHashMap<>();

  private record Rolled(Rolling rolling, AtomicBoolean asking) {}

  private record Page(List<BarRow> items) {}

  @Inject
  LiveBars(Fanout fanout, InnerServices services, Vertx vertx) {
    this.fanout = fanout;
    this.board = fanout.board();
    this.services = services;
    this.vertx = vertx;
  }

  public void instrument(InstrumentRow row) {
    try {
      calendars.put(row.symbol(), SessionCalendar.parse(row.session()));
    } catch (IllegalArgumentException e) {
      // the row comes again and again
      if (!row.session().equals(refused.put(row.symbol(), row.session())))
        LOG.warnf("no bars of %s are rolled up: %s", row.symbol(), e.getMessage());
    }
  }

  /** A published state of a bar. */
  public void take(BarRow row, byte[] data, long atMillis) {
    var name = ChannelName.bars(row.symbol(), row.interval());
    var bar = version(row);
    var channel = board.followedBars(name);
    if (channel != null) channel.put(bar, data, atMillis);
    var made = rolled.get(name);
    if (made == null) return;
    for (var each : made.entrySet()) {
      var target = board.followedBars(each.getKey());
      if (target == null) {
        made.computeIfPresent(
            each.getKey(), (bars, it) -> board.followedBars(bars) == null ? null : it);
        continue;
      }
      for (var longer : each.getValue().rolling().take(bar))
        target.put(longer, Json.bytes(row(longer, row.source())), atMillis);
      if (each.getValue().rolling().isIncomplete()) ask(each.getKey(), each.getValue());
    }
  }

  /** Somebody looks at these bars from now on. */
  public void follow(ChannelName bars) {
    if (bars.interval().isStandard()) return;
    var calendar = calendars.get(bars.symbol());
    if (calendar == null) return;
    var base = ChannelName.bars(bars.symbol(), bars.interval().base().toString());
    var added =
        rolled
            .computeIfAbsent(base, _ -> new ConcurrentHashMap<>())
            .computeIfAbsent(
                bars, _ -> new Rolled(new Rolling(bars.interval(), calendar), new AtomicBoolean()));
    added.rolling().restart();
    ask(bars, added);
  }

  private void ask(ChannelName bars, Rolled waiting) {
    if (!waiting.asking().compareAndSet(false, true)) return;
    history(bars)
        .onComplete(
            asked -> {
              waiting.asking().set(false);
              if (asked.succeeded()) begin(bars, waiting, asked.result());
              else if (board.followedBars(bars) != null) {
                LOG.warnf("no history of %s yet: %s", bars, asked.cause().getMessage());
                vertx.setTimer(RETRY_MS, _ -> ask(bars, waiting));
              }
            });
  }

  private void begin(ChannelName bars, Rolled waiting, List<BarRow> parts) {
    var target = board.followedBars(bars);
    if (target == null) return;
    var source = parts.isEmpty() ? "" : parts.getLast().source();
    long now = System.currentTimeMillis();
    for (var longer : waiting.rolling().begin(parts.stream().map(LiveBars::version).toList()))
      target.put(longer, Json.bytes(row(longer, source)), now);
    fanout.changed();
  }

  /** All parts of the two newest bars. */
  private Future<List<BarRow>> history(ChannelName bars) {
    return page(bars.symbol(), bars.interval(), "&limit=2")
        .compose(
            longer ->
                longer.isEmpty()
                    ? Future.succeededFuture(longer)
                    : page(
                        bars.symbol(),
                        bars.interval().base(),
                        "&from=" + longer.getFirst().start() + "&limit=" + MOST_PARTS));
  }

  private Future<List<BarRow>> page(String symbol, Interval interval, String range) {
    var uri = "/api/bars?symbol=" + symbol + "&interval=" + interval + range;
    return services.get(InnerService.MARKET, uri, LIMIT).map(LiveBars::rows);
  }

  private static List<BarRow> rows(Buffer body) {
    try {
      return Json.MAPPER.readValue(body.getBytes(), new TypeReference<Page>() {}).items();
    } catch (IOException e) {
      throw new IllegalStateException("no page of bars", e);
    }
  }

  private static BarVersion version(BarRow row) {
    var key = new BarKey(row.symbol(), Interval.parse(row.interval()), row.start());
    return new BarVersion(
        new Bar(
            key,
            row.open(),
            row.high(),
            row.low(),
            row.close(),
            row.volume(),
            row.trades(),
            row.start(),
            row.start()),
        row.isFinal(),
        row.revision());
  }

  private static BarRow row(BarVersion version, @Nullable String source) {
    var bar = version.bar();
    return new BarRow(
        bar.symbol(),
        bar.interval().toString(),
        bar.start(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.trades(),
        version.isFinal(),
        source == null ? "" : source,
        version.revision());
  }
}
