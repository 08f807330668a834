package io.tapeline.market.replay.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording written by hand: prices in ticks of 0.25, times in milliseconds from its beginning.
 */
final class Tape implements Recording {
  static final long START = 1_703_545_200_000_000_000L; // 2023-12-25T23:00:00Z
  static final int ES = 17077;

  private record Row(
      int instrument,
      long event,
      long received,
      char action,
      char side,
      int flags,
      long ticks,
      long size,
      long id,
      long bid,
      long bidSize,
      long ask,
      long askSize) {}

  private final RecordingKind kind;
  private final Map<Integer, String> symbols;
  private final List<Row> rows = new ArrayList<>();
  private int at = -1;
  private long now;
  private int instrument = ES;
  private int flags;
  private int breaksAfter = Integer.MAX_VALUE;

  private Tape(RecordingKind kind, Map<Integer, String> symbols) {
    this.kind = kind;
    this.symbols = symbols;
  }

  static Tape mbo() {
    return new Tape(RecordingKind.MBO, Map.of(ES, "ESH4"));
  }

  static Tape mbp1() {
    return new Tape(RecordingKind.MBP_1, Map.of(ES, "ESH4"));
  }

  static Tape trades() {
    return new Tape(RecordingKind.TRADES, Map.of(ES, "ESH4"));
  }

  static Tape of(RecordingKind kind, Map<Integer, String> symbols) {
    return new Tape(kind, symbols);
  }

  /** The rows that follow are received so many milliseconds from the beginning. */
  Tape at(long millis) {
    now = millis * 1_000_000;
    return this;
  }

  /** The rows that follow are about another instrument. */
  Tape about(int newInstrument) {
    instrument = newInstrument;
    return this;
  }

  /** The rows that follow have these flags instead of being an event each. */
  Tape flags(int newFlags) {
    flags = newFlags;
    return this;
  }

  Tape breaksAfter(int rowsRead) {
    breaksAfter = rowsRead;
    return this;
  }

  private Tape row(char action, char side, int rowFlags, long id, long ticks, long size) {
    rows.add(
        new Row(
            instrument,
            START + now,
            START + now,
            action,
            side,
            rowFlags | flags,
            ticks,
            size,
            id,
            0,
            0,
            0,
            0));
    return this;
  }

  Tape bid(long id, long ticks, long size) {
    return row('A', 'B', LAST_OF_EVENT, id, ticks, size);
  }

  Tape ask(long id, long ticks, long size) {
    return row('A', 'A', LAST_OF_EVENT, id, ticks, size);
  }

  Tape snapshotBid(long id, long ticks, long size) {
    return row('A', 'B', SNAPSHOT, id, ticks, size);
  }

  Tape modifyBid(long id, long ticks, long size) {
    return row('M', 'B', LAST_OF_EVENT, id, ticks, size);
  }

  Tape modifyAsk(long id, long ticks, long size) {
    return row('M', 'A', LAST_OF_EVENT, id, ticks, size);
  }

  Tape cancelBid(long id, long size) {
    return row('C', 'B', LAST_OF_EVENT, id, 0, size);
  }

  Tape cancelAsk(long id, long size) {
    return row('C', 'A', LAST_OF_EVENT, id, 0, size);
  }

  /** A trade without its last-of-event flag: fills and changes of the book follow. */
  Tape trade(char aggressor, long ticks, long size) {
    return row('T', aggressor, 0, 0, ticks, size);
  }

  Tape fill(char side, long id, long ticks, long size) {
    return row('F', side, 0, id, ticks, size);
  }

  /** A buyer takes one lot at 100 from nobody that is recorded: an event of its own. */
  Tape buyTrade() {
    return row('T', 'B', LAST_OF_EVENT, 0, 100, 1);
  }

  /** Any row at all. */
  Tape raw(char action, char side, int rowFlags, long id, long ticks, long size) {
    return row(action, side, rowFlags, id, ticks, size);
  }

  /** A seller takes lots from one recorded bid, all in one event. */
  Tape sellerHits(long id, long ticks, long size) {
    return trade('A', ticks, size).fill('B', id, ticks, size).cancelBid(id, size);
  }

  /** A buyer takes lots from one recorded ask, all in one event. */
  Tape buyerLifts(long id, long ticks, long size) {
    return trade('B', ticks, size).fill('A', id, ticks, size).cancelAsk(id, size);
  }

  /** Best prices after a change of the top of the book (mbp-1). */
  Tape top(long bid, long bidSize, long ask, long askSize) {
    rows.add(
        new Row(
            instrument,
            START + now,
            START + now,
            'A',
            'B',
            LAST_OF_EVENT,
            bid,
            1,
            0,
            bid,
            bidSize,
            ask,
            askSize));
    return this;
  }

  /** A trade with the best prices before it (mbp-1). */
  Tape topTrade(
      char aggressor, long ticks, long size, long bid, long bidSize, long ask, long askSize) {
    rows.add(
        new Row(
            instrument,
            START + now,
            START + now,
            'T',
            aggressor,
            0,
            ticks,
            size,
            0,
            bid,
            bidSize,
            ask,
            askSize));
    return this;
  }

  int rows() {
    return rows.size();
  }

  /** The same rows, from the beginning. */
  Tape rewound() {
    var copy = new Tape(kind, symbols);
    copy.rows.addAll(rows);
    copy.breaksAfter = breaksAfter;
    return copy;
  }

  private Row row() {
    return rows.get(at);
  }

  @Override
  public String name() {
    return "tape";
  }

  @Override
  public RecordingKind kind() {
    return kind;
  }

  @Override
  public Set<String> symbols() {
    return Set.copyOf(symbols.values());
  }

  @Override
  public boolean next() {
    if (at + 1 >= breaksAfter) throw new BrokenRecordingException("tape is truncated");
    if (at < rows.size()) at++;
    return at < rows.size();
  }

  @Override
  public @Nullable String symbol() {
    return symbols.get(row().instrument());
  }

  @Override
  public int instrumentId() {
    return row().instrument();
  }

  @Override
  public long tsEvent() {
    return row().event();
  }

  @Override
  public long tsRecv() {
    return row().received();
  }

  @Override
  public byte action() {
    return (byte) row().action();
  }

  @Override
  public byte side() {
    return (byte) row().side();
  }

  @Override
  public int flags() {
    return row().flags();
  }

  @Override
  public long price() {
    return price(row().ticks());
  }

  @Override
  public long size() {
    return row().size();
  }

  @Override
  public long orderId() {
    return row().id();
  }

  @Override
  public long bidPrice() {
    return row().bidSize() == 0 ? NO_PRICE : price(row().bid());
  }

  @Override
  public long askPrice() {
    return row().askSize() == 0 ? NO_PRICE : price(row().ask());
  }

  @Override
  public long bidSize() {
    return row().bidSize();
  }

  @Override
  public long askSize() {
    return row().askSize();
  }

  @Override
  public int bidOrders() {
    return 1;
  }

  @Override
  public int askOrders() {
    return 1;
  }

  @Override
  public Map<String, Long> passedOver() {
    return Map.of();
  }

  @Override
  public void close() {}

  static final long OFF_TICK = Long.MIN_VALUE;

  private static long price(long ticks) {
    return ticks == OFF_TICK ? 1 : ticks * 250_000_000L;
  }
}
