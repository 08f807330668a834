package io.tapeline.bridge.fanout.kafka;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.app.LiveBars;
import io.tapeline.bridge.fanout.app.Market;
import io.tapeline.bridge.fanout.domain.Board;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.Ring;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.contract.NoticeRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.service.DeadLetters;
import io.tapeline.service.Hop;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts each record where it belongs on the board. What cannot be read is counted and left out. */
@ApplicationScoped
class TapeHand {
  private static final Logger LOG = Logger.getLogger(TapeHand.class);
  private static final Set<String> OF_THE_MARKET =
      Set.of(
          Topics.QUOTES,
          Topics.DEPTH,
          Topics.MARKET_TRADES,
          Topics.BARS,
          Topics.FORMING_BARS,
          Topics.INSTRUMENTS,
          Topics.MARKET_STATUS);

  private final Fanout fanout;
  private final Board board;
  private final Market market;
  private final LiveBars bars;
  private final MeterRegistry meters;
  private final DeadLetters deadLetters;
  private final Operation read;

  /** Names of the channels of contracts: the same few come with every quote. */
  private final Map<ChannelKind, Map<String, ChannelName>> symbols = new ConcurrentHashMap<>();

  @Inject
  TapeHand(
      Fanout fanout,
      Market market,
      LiveBars bars,
      MeterRegistry meters,
      DeadLetters deadLetters,
      Timing timing) {
    this.fanout = fanout;
    this.board = fanout.board();
    this.market = market;
    this.bars = bars;
    this.meters = meters;
    this.deadLetters = deadLetters;
    this.read = Hop.TICK_KAFKA.in(timing);
  }

  void take(ConsumerRecord<String, byte[]> tape) {
    try {
      if (tape.key() != null) put(tape);
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      if (OF_THE_MARKET.contains(tape.topic())) deadLetters.add(tape, e.getMessage());
      else unreadable(tape, e);
    }
  }

  private void put(ConsumerRecord<String, byte[]> tape) {
    switch (tape.topic()) {
      case Topics.QUOTES -> quote(tape);
      case Topics.DEPTH -> depth(tape);
      case Topics.MARKET_TRADES -> print(tape);
      case Topics.BARS, Topics.FORMING_BARS -> bar(tape);
      case Topics.INSTRUMENTS -> instrument(tape);
      case Topics.MARKET_STATUS -> status(tape);
      case Topics.TRADES -> trade(tape);
      case Topics.POSITIONS -> position(tape);
      case Topics.ACCOUNTS -> account(tape);
      case Topics.ORDER_EVENTS -> event(tape);
      case Topics.ORDER_NOTICES, Topics.POSITION_NOTICES, Topics.MARKET_NOTICES -> notice(tape);
      default -> throw new IllegalStateException("not a topic of ours: " + tape.topic());
    }
  }

  private void quote(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) return;
    // while nobody looks it is read at leisure
    if (fanout.hasClients() && fanout.isCaughtUp())
      Hop.took(
          read,
          Instant.ofEpochMilli(tape.timestamp()),
          Instant.ofEpochMilli(System.currentTimeMillis()));
    board.put(
        symbol(ChannelKind.QUOTE, tape.key()),
        object(value),
        tape.timestamp(),
        NANOSECONDS.toMicros(System.nanoTime()));
  }

  private void depth(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) return;
    board.put(symbol(ChannelKind.DEPTH, tape.key()), object(value), tape.timestamp());
  }

  private void print(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) return;
    board.append(symbol(ChannelKind.TAPE, tape.key()), null, object(value), tape.timestamp());
  }

  private void instrument(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) return;
    var row = Json.read(value, InstrumentRow.class);
    board.instrument(symbol(ChannelKind.QUOTE, row.symbol()).of(), row.tickSize(), row.front());
    bars.instrument(row);
  }

  private void status(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) {
      board.remove(ChannelName.STATUS, tape.key(), tape.timestamp());
      return;
    }
    market.heard(Json.read(value, MarketStatusRow.class));
    board.put(ChannelName.STATUS, tape.key(), value, tape.timestamp());
  }

  private void position(ConsumerRecord<String, byte[]> tape) {
    int bar = tape.key().indexOf('|');
    if (bar < 0) throw new IllegalArgumentException("the key is not account|symbol");
    var account = tape.key().substring(0, bar);
    if (!board.accounts().contains(account)) return;
    marked(new ChannelName(ChannelKind.POSITIONS, account), tape.key().substring(bar + 1), tape);
  }

  private void account(ConsumerRecord<String, byte[]> tape) {
    if (board.accounts().contains(tape.key()))
      marked(new ChannelName(ChannelKind.ACCOUNT, tape.key()), null, tape);
  }

  private void marked(
      ChannelName channel, @Nullable String key, ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) {
      board.remove(channel, key, tape.timestamp());
      return;
    }
    var version = Wire.version(value);
    if (version == null) throw new IllegalArgumentException("no version");
    board.put(channel, key, version, value, tape.timestamp());
  }

  /**
   * The event itself is read only as far as fills go: an event type that is not known here must not
   * hide the order row beside it.
   */
  private void event(ConsumerRecord<String, byte[]> tape) {
    if (!board.accounts().contains(tape.key())) return;
    var value = tape.value();
    if (value == null) return;
    var line = Wire.journaled(value);
    long seq = line.seq();
    var key = line.clOrdId() == null ? "" : line.clOrdId();
    var heard =
        board.record(
            new ChannelName(ChannelKind.ORDERS, tape.key()),
            seq,
            key,
            line.order(),
            tape.timestamp());
    var type = line.type();
    var fill = type != null && FillRows.OF.contains(type) ? FillRows.read(value) : null;
    board.record(
        new ChannelName(ChannelKind.FILLS, tape.key()),
        seq,
        fill == null ? "" : fill.path("execId").asText(),
        fill == null ? null : Json.bytes(fill),
        tape.timestamp());
    if (heard == Ring.Heard.GAP)
      LOG.errorf("events of account %s before seq %d never came", tape.key(), seq);
  }

  /** A round trip, numbered by us in the order it came. */
  private void trade(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null || !board.accounts().contains(tape.key())) return;
    var id = Wire.text(value, "tradeId");
    if (id == null) throw new IllegalArgumentException("no tradeId");
    board.append(new ChannelName(ChannelKind.TRADES, tape.key()), id, value, tape.timestamp());
  }

  private void bar(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value != null) bars.take(Json.read(value, BarRow.class), value, tape.timestamp());
  }

  private void notice(ConsumerRecord<String, byte[]> tape) {
    var value = tape.value();
    if (value == null) return;
    var row = Json.read(value, NoticeRow.class);
    var user = row.toUser();
    if (user != null) {
      board.append(new ChannelName(ChannelKind.ALERTS, user), row.id(), value, tape.timestamp());
      return;
    }
    var whom = row.accountId().equals("*") ? board.accounts() : List.of(row.accountId());
    for (var account : whom)
      if (board.accounts().contains(account))
        board.append(
            new ChannelName(ChannelKind.NOTICES, account), row.id(), value, tape.timestamp());
  }

  private ChannelName symbol(ChannelKind kind, String symbol) {
    var known = symbols.get(kind);
    var name = known == null ? null : known.get(symbol);
    if (name != null) return name;
    name = parse(kind, symbol);
    symbols.computeIfAbsent(kind, _ -> new ConcurrentHashMap<>()).put(symbol, name);
    return name;
  }

  private static ChannelName parse(ChannelKind kind, String symbol) {
    var name = ChannelName.parse(kind.label() + ':' + symbol);
    if (name == null || symbol.equals("*"))
      throw new IllegalArgumentException("not a contract code: " + symbol);
    return name;
  }

  private static byte[] object(byte[] value) {
    if (!Wire.isObject(value)) throw new IllegalArgumentException("not a JSON object");
    return value;
  }

  /** Of an account: who owns it parks the record and says so; here the last state stays. */
  private void unreadable(ConsumerRecord<String, byte[]> tape, RuntimeException e) {
    meters.counter("tapeline.bridge.unreadable", "topic", tape.topic()).increment();
    LOG.warnf(
        "%s-%d@%d cannot be read: %s",
        tape.topic(), tape.partition(), tape.offset(), e.getMessage());
  }
}
