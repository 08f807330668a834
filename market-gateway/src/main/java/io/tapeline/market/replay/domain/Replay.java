package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import io.tapeline.market.exchange.domain.ExchangeListener;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.exchange.domain.Print;
import io.tapeline.model.Instrument;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recordings played as one market, step by step: {@link #nextTime} says when the next step is,
 * {@link #advance} takes it, and who calls it decides how fast. Begin with {@link #start}, or after
 * a restart with {@link #resume}.
 *
 * <p>A step is one event of one recording, all the records of what the venue did at once; or a
 * publication that waited for its time (see {@link MarketListener}). Recordings are merged by
 * receive time, at equal times in the order they were given. Orders come in between steps, through
 * {@link #exchange}; the market facts do not depend on them.
 *
 * <p>An event ends with the flag that says so, or where the next record has another instrument or
 * event time; a trades recording has one event per record. A snapshot is one event and the whole
 * truth: what the book had besides is gone after it.
 *
 * <p>What cannot be used is counted ({@link #facts}); a recording that breaks off ends there and
 * the others go on. One thread at a time.
 */
public final class Replay implements AutoCloseable {
  /** {@link #nextTime} when nothing comes any more. */
  public static final long OVER = Long.MAX_VALUE;

  private final List<Recording> recordings;
  private final List<Source> sources;
  private final Map<Symbol, RecordedMarket> markets = new TreeMap<>();
  private final Map<Symbol, Source.Target> targets = new TreeMap<>();
  private final Map<String, Source.Target> refused = new TreeMap<>();
  private final ReplaySettings settings;
  private final Function<Symbol, Optional<Instrument>> instruments;
  private final MarketPublisher publisher;
  private final ReplayExchange exchange;
  private final long until;
  private long position;

  /**
   * @param recordings standing before their first records; closed with this
   * @param instruments what is known of a contract; empty: its records are counted and not played
   */
  public Replay(
      List<? extends Recording> recordings,
      Function<Symbol, Optional<Instrument>> instruments,
      ReplaySettings settings,
      MarketListener market,
      ExchangeListener orders) {
    this.recordings = List.copyOf(recordings);
    this.instruments = instruments;
    this.settings = settings;
    this.publisher = new MarketPublisher(market, settings.conflation().toNanos());
    this.exchange = new ReplayExchange(markets, orders, settings.orderIdPrefix());
    this.until = settings.to() == null ? OVER : nanos(settings.to());
    announce();
    this.sources =
        this.recordings.stream().map(recording -> new Source(recording, this::target)).toList();
  }

  /**
   * Makes the markets that the recordings name beforehand, each as its richest recording shows it.
   */
  private void announce() {
    var richest = new TreeMap<Symbol, RecordingKind>();
    for (var recording : recordings) {
      for (var code : recording.symbols()) {
        Source.symbol(code)
            .ifPresent(
                symbol ->
                    richest.merge(symbol, recording.kind(), (a, b) -> a.compareTo(b) >= 0 ? a : b));
      }
    }
    richest.forEach((symbol, kind) -> target(kind, Optional.of(symbol), symbol.value()));
  }

  private Source.Target target(RecordingKind kind, Optional<Symbol> symbol, String label) {
    if (symbol.isEmpty()) return refusal(label, Unusable.NO_SYMBOL);
    var known = targets.get(symbol.get());
    if (known == null) {
      var instrument = instruments.apply(symbol.get());
      if (instrument.isEmpty()) return refusal(label, Unusable.UNKNOWN_INSTRUMENT);
      known = open(RecordedMarket.of(instrument.get(), kind, this::traded));
    }
    var market = known.market();
    boolean superseded = market != null && market.kind() != kind;
    return superseded ? refusal(label + " " + kind.schema(), Unusable.SUPERSEDED) : known;
  }

  private Source.Target open(RecordedMarket market) {
    var symbol = market.symbol();
    var target =
        new Source.Target(symbol.value(), market, publisher.add(market), null, market.count);
    markets.put(symbol, market);
    targets.put(symbol, target);
    return target;
  }

  private Source.Target refusal(String label, Unusable reason) {
    return refused.computeIfAbsent(
        label, _ -> new Source.Target(label, null, -1, reason, new MarketCount()));
  }

  /** Builds the books up to {@code from} in silence, then publishes what stands. */
  public void start() {
    begin();
    publisher.silent(false);
    publisher.repeat();
  }

  /**
   * Takes a replay up again where it was: everything up to the position is applied once more, the
   * inputs where they came. Market facts are not published again, but for the last state of each
   * market; the exchange says again what it said then, event by event the same.
   *
   * @param inputs in the order they came
   * @param toPosition {@link #position} as it was
   */
  public void resume(List<ReplayInput> inputs, long toPosition) {
    begin();
    for (var input : inputs) {
      advanceTo(input.position());
      apply(input);
    }
    advanceTo(toPosition);
    publisher.silent(false);
    publisher.repeat();
  }

  private void begin() {
    var from = settings.from();
    if (from != null) {
      while (nextTime() < nanos(from)) advance();
      exchange.moveTo(nanos(from));
    } else if (nextTime() != OVER) {
      exchange.moveTo(nextTime());
    }
    if (position > 0) publisher.publishAll(exchange.now());
    if (nextSource() == null) exchange.over();
  }

  private void advanceTo(long toPosition) {
    while (position < toPosition && nextTime() != OVER) advance();
  }

  /**
   * Applies an input exactly where it came in an earlier run, or where a script has it.
   *
   * @throws IllegalStateException when this is another position
   */
  public void apply(ReplayInput input) {
    if (input.position() != position) {
      throw new IllegalStateException(
          "an input of position %d cannot be applied at %d: these are other recordings"
              .formatted(input.position(), position));
    }
    exchange.moveTo(nanos(input.at()));
    switch (input) {
      case ReplayInput.Place place -> exchange.place(place.order());
      case ReplayInput.Replace replace -> exchange.replace(replace.replace());
      case ReplayInput.Cancel cancel -> exchange.cancel(cancel.cancel());
    }
  }

  /** When the next step is, in receive time, nanoseconds since 1970; {@link #OVER} at the end. */
  public long nextTime() {
    var source = nextSource();
    long record = source == null ? OVER : source.record().tsRecv();
    return Math.min(record, publisher.nextDue());
  }

  private @Nullable Source nextSource() {
    @Nullable Source next = null;
    for (var source : sources) {
      if (source.hasNext()
          && source.record().tsRecv() < until
          && (next == null || source.record().tsRecv() < next.record().tsRecv())) {
        next = source;
      }
    }
    return next;
  }

  /** Takes the next step; at the end nothing happens: the last books stand. */
  public void advance() {
    var source = nextSource();
    long due = publisher.nextDue();
    if (due != MarketPublisher.NOTHING_DUE && (source == null || due <= source.record().tsRecv())) {
      exchange.moveTo(due);
      publisher.publishDue();
    } else if (source != null) {
      event(source);
      if (nextSource() == null) exchange.over();
    }
  }

  private void event(Source source) {
    var record = source.record();
    var target = source.target();
    var market = target.market();
    int instrument = record.instrumentId();
    long event = record.tsEvent();
    boolean snapshot = (record.flags() & Recording.SNAPSHOT) != 0;
    if (snapshot && market != null) market.beginSnapshot();
    boolean last;
    do {
      exchange.moveTo(record.tsRecv());
      var fault = market == null ? target.refusal() : market.apply(record);
      var kind = RecordKind.of(record.kind(), record.action());
      target.count().record(kind, fault, record.tsRecv());
      position++;
      last =
          (record.flags() & Recording.LAST_OF_EVENT) != 0 || record.kind() == RecordingKind.TRADES;
      source.advance();
    } while (!last && goesOn(source, instrument, event, snapshot));
    if (market == null) return;
    market.endOfEvent();
    if (snapshot) market.endSnapshot();
    exchange.settle(market);
    publisher.endOfEvent(target.feed(), exchange.now());
  }

  private boolean goesOn(Source source, int instrument, long event, boolean snapshot) {
    if (!source.hasNext()) return false;
    var record = source.record();
    boolean nextIsSnapshot = (record.flags() & Recording.SNAPSHOT) != 0;
    return record.instrumentId() == instrument
        && record.tsRecv() < until
        && snapshot == nextIsSnapshot
        && (snapshot || record.tsEvent() == event);
  }

  private void traded(RecordedMarket market, TapeTrade trade) {
    exchange.traded(market, trade);
    if (publisher.isSilent()) return;
    publisher.print(
        new Print(
            market.symbol(),
            market.count.trades,
            new Price(trade.ticks),
            new Qty(trade.lots),
            aggressor(trade.aggressor),
            Instant.ofEpochSecond(0, trade.received)));
  }

  private static @Nullable Side aggressor(byte side) {
    return switch (side) {
      case 'B' -> Side.BUY;
      case 'A' -> Side.SELL;
      default -> null;
    };
  }

  /**
   * Lets venue time pass without a step, for what happens between two: never back, never beyond the
   * next step.
   */
  public void passTimeTo(Instant at) {
    exchange.moveTo(Math.min(nanos(at), nextTime()));
  }

  /** Records applied so far: where an input comes. Stable between steps. */
  public long position() {
    return position;
  }

  public boolean isOver() {
    return nextTime() == OVER;
  }

  /** Where the desk's orders go. */
  public ReplayExchange exchange() {
    return exchange;
  }

  /** The contracts that are played. */
  public List<Instrument> instruments() {
    return markets.values().stream().map(RecordedMarket::instrument).toList();
  }

  /** How much is seen of each contract that is played. */
  public Map<Symbol, RecordingKind> kinds() {
    var kinds = new TreeMap<Symbol, RecordingKind>();
    markets.forEach((symbol, market) -> kinds.put(symbol, market.kind()));
    return kinds;
  }

  /**
   * Publishes the last published quote and depth of every market once more, for those who came
   * late.
   */
  public void repeat() {
    publisher.repeat();
  }

  public ReplayFacts facts() {
    var counted = new ArrayList<>(targets.values());
    counted.addAll(refused.values());
    return FactsReport.of(recordings, counted, sources, isOver());
  }

  @Override
  public void close() {
    recordings.forEach(Recording::close);
  }

  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }
}
