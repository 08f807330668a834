package io.tapeline.market.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.bars.Bar;
import io.tapeline.bars.BarBook;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bars.Past;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bars in table {@code bar}, and how far the tape is in them. */
@ApplicationScoped
public class BarStore {
  private static final String COLUMNS =
      """
      select symbol, interval, start_at, open, high, low, close, volume, trades, first_at, last_at, is_final, revision
        from bar""";
  private static final String FIND =
      COLUMNS + " where venue = $1 and symbol = $2 and interval = $3 and start_at = $4";
  private static final String BETWEEN =
      COLUMNS
          + """

             where venue = $1 and symbol = $2 and interval = $3 and start_at >= $4 and start_at < $5
             order by start_at limit $6""";
  private static final String LAST =
      COLUMNS
          + """

             where venue = $1 and symbol = $2 and interval = $3 and start_at < $4
             order by start_at desc limit $5""";
  private static final String DROP_FROM =
      """
      with dropped as (delete from bar where venue = $1 and symbol = $2 and start_at >= $3 returning revision)
      select coalesce(max(revision), -1) from dropped""";
  private static final String WRITE =
      """
      insert into bar (venue, symbol, interval, start_at, open, high, low, close, volume, trades, first_at, last_at,
                       is_final, revision, at)
      select $1, e.*, now() from jsonb_to_recordset($2::jsonb) as e(
         symbol text, interval text, start_at timestamptz, open numeric, high numeric, low numeric, close numeric,
         volume bigint, trades bigint, first_at timestamptz, last_at timestamptz, is_final boolean, revision bigint)
      on conflict (venue, symbol, interval, start_at) do update
         set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
             volume = excluded.volume, trades = excluded.trades, first_at = excluded.first_at,
             last_at = excluded.last_at, is_final = excluded.is_final, revision = excluded.revision,
             at = excluded.at""";
  private static final String WRITE_PROGRESS =
      """
      insert into bar_progress (venue, symbol, last_id, pass, first_revision)
      select $1, e.* from jsonb_to_recordset($2::jsonb) as e(
         symbol text, last_id bigint, pass bigint, first_revision bigint)
      on conflict (venue, symbol) do update
         set last_id = excluded.last_id, pass = excluded.pass, first_revision = excluded.first_revision""";
  private static final String WRITE_TAPE =
      """
      insert into bar_tape (venue, offsets, outbox) values ($1, $2::jsonb, $3::jsonb)
      on conflict (venue) do update set offsets = excluded.offsets, outbox = excluded.outbox""";
  private static final String FORGET_FINE =
      """
      delete from bar where interval in ('1s', '5s', '15s', '30s')
         and at < now() - make_interval(days => $1)""";
  private static final String PARTITIONS =
      """
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'bar'::regclass""";

  private final Transactions transactions;
  private final Set<YearMonth> months = ConcurrentHashMap.newKeySet();

  @Inject
  public BarStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Where the tape was when bars were last written.
   *
   * @param offsets next of every partition
   * @param outbox final bars that may not have been told
   */
  public record Taken(
      Map<Integer, Long> offsets, Map<String, BarBook.Progress> symbols, List<BarVersion> outbox) {}

  public Taken taken(String venue) {
    var symbols = new HashMap<String, BarBook.Progress>();
    for (var row :
        transactions.query("select * from bar_progress where venue = $1", Tuple.of(venue)))
      symbols.put(
          row.getString("symbol"),
          new BarBook.Progress(
              row.getLong("last_id"), row.getLong("pass"), row.getLong("first_revision")));
    var offsets = new HashMap<Integer, Long>();
    var outbox = new ArrayList<BarVersion>();
    for (var row :
        transactions.query(
            "select offsets::text, outbox::text from bar_tape where venue = $1", Tuple.of(venue))) {
      var json = new JsonObject(row.getString(0));
      for (var name : json.fieldNames()) offsets.put(Integer.valueOf(name), json.getLong(name));
      for (var each : new JsonArray(row.getString(1))) outbox.add(bar((JsonObject) each));
    }
    return new Taken(offsets, symbols, outbox);
  }

  /** Writes all of it or nothing, while the lease is ours. */
  public void write(LeaseTerm term, Taken taken, List<BarVersion> bars) {
    bars.forEach(each -> ensureMonth(each.key().start()));
    var rows = new JsonArray();
    bars.forEach(each -> rows.add(json(each)));
    var symbols = new JsonArray();
    taken.symbols().forEach((symbol, progress) -> symbols.add(json(symbol, progress)));
    var offsets = new JsonObject();
    taken.offsets().forEach((partition, offset) -> offsets.put(partition.toString(), offset));
    var outbox = new JsonArray();
    taken.outbox().forEach(each -> outbox.add(json(each)));
    var venue = term.venue();
    transactions.runFenced(
        term,
        tx ->
            tx.preparedQuery(WRITE)
                .execute(Tuple.of(venue, rows))
                .chain(() -> tx.preparedQuery(WRITE_PROGRESS).execute(Tuple.of(venue, symbols)))
                .chain(() -> tx.preparedQuery(WRITE_TAPE).execute(Tuple.of(venue, offsets, outbox)))
                .replaceWithVoid());
  }

  /** Bars that start in a span, oldest first. */
  public List<BarVersion> between(
      String venue, String symbol, Interval interval, Instant from, Instant to, int limit) {
    return bars(
        transactions.query(
            BETWEEN,
            Tuple.from(List.of(venue, symbol, interval.toString(), utc(from), utc(to), limit))));
  }

  /** The newest bars that start before a moment, oldest first. */
  public List<BarVersion> last(
      String venue, String symbol, Interval interval, Instant before, int limit) {
    return bars(transactions.query(
            LAST, Tuple.of(venue, symbol, interval.toString(), utc(before), limit)))
        .reversed();
  }

  /** The newest bar of each interval. */
  public List<BarVersion> newest(String venue, String symbol) {
    return Interval.STANDARD.stream()
        .flatMap(interval -> last(venue, symbol, interval, FAR, 1).stream())
        .toList();
  }

  /** Later than every bar. */
  public static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  /** What a book asks of this table. */
  public Past past(LeaseTerm term) {
    var venue = term.venue();
    return new Past() {
      @Override
      public Optional<BarVersion> find(BarKey key) {
        return bars(
                transactions.query(
                    FIND,
                    Tuple.of(venue, key.symbol(), key.interval().toString(), utc(key.start()))))
            .stream()
            .findFirst();
      }

      @Override
      public List<BarVersion> between(String symbol, Interval interval, Instant from, Instant to) {
        return BarStore.this.between(venue, symbol, interval, from, to, Integer.MAX_VALUE);
      }

      @Override
      public long dropFrom(String symbol, Instant from) {
        return transactions.runFenced(
            term,
            tx ->
                tx.preparedQuery(DROP_FROM)
                    .execute(Tuple.of(venue, symbol, utc(from)))
                    .map(rows -> rows.iterator().next().getLong(0)));
      }
    };
  }

  /**
   * Forgets what is old by when it was written: bars shorter than a minute after some days, whole
   * months of which nothing is younger after more.
   */
  public void forgetOld(int fineDays, int days) {
    transactions.query(FORGET_FINE, Tuple.of(fineDays));
    for (var row : transactions.query(PARTITIONS, Tuple.tuple())) {
      var name = row.getString(0);
      var young =
          transactions.query(
              "select 1 from " + name + " where at >= now() - make_interval(days => $1) limit 1",
              Tuple.of(days));
      var month = YearMonth.parse(name.substring("bar_".length()).replace('_', '-'));
      if (young.size() > 0 || !month.isBefore(YearMonth.now(ZoneOffset.UTC))) continue;
      months.remove(month);
      transactions.query("drop table " + name, Tuple.tuple());
    }
  }

  private void ensureMonth(Instant at) {
    var month = YearMonth.from(at.atOffset(ZoneOffset.UTC));
    if (months.contains(month)) return;
    var name = "bar_" + month.toString().replace('-', '_');
    Uni<RowSet<Row>> create =
        transactions
            .connection()
            .chain(
                connection ->
                    connection
                        .query(
                            "create table if not exists %s partition of bar for values from ('%s-01 00:00:00+00') to ('%s-01 00:00:00+00')"
                                .formatted(name, month, month.plusMonths(1)))
                        .execute()
                        .eventually(connection::close));
    create.await().atMost(Transactions.PATIENCE);
    months.add(month);
  }

  private static List<BarVersion> bars(RowSet<Row> rows) {
    var bars = new ArrayList<BarVersion>(rows.size());
    for (var row : rows) {
      var key =
          new BarKey(
              row.getString(0),
              Interval.parse(row.getString(1)),
              row.getOffsetDateTime(2).toInstant());
      bars.add(
          new BarVersion(
              new Bar(
                  key,
                  row.getBigDecimal(3),
                  row.getBigDecimal(4),
                  row.getBigDecimal(5),
                  row.getBigDecimal(6),
                  row.getLong(7),
                  row.getLong(8),
                  row.getOffsetDateTime(9).toInstant(),
                  row.getOffsetDateTime(10).toInstant()),
              row.getBoolean(11),
              row.getLong(12)));
    }
    return bars;
  }

  private static JsonObject json(String symbol, BarBook.Progress progress) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("last_id", progress.lastId())
        .put("pass", progress.pass())
        .put("first_revision", progress.firstRevision());
  }

  private static JsonObject json(BarVersion each) {
    var bar = each.bar();
    return new JsonObject()
        .put("symbol", bar.symbol())
        .put("interval", bar.interval().toString())
        .put("start_at", bar.start().toString())
        .put("open", bar.open().toPlainString())
        .put("high", bar.high().toPlainString())
        .put("low", bar.low().toPlainString())
        .put("close", bar.close().toPlainString())
        .put("volume", bar.volume())
        .put("trades", bar.trades())
        .put("first_at", bar.firstAt().toString())
        .put("last_at", bar.lastAt().toString())
        .put("is_final", each.isFinal())
        .put("revision", each.revision());
  }

  private static BarVersion bar(JsonObject json) {
    var key =
        new BarKey(
            json.getString("symbol"),
            Interval.parse(json.getString("interval")),
            Instant.parse(json.getString("start_at")));
    return new BarVersion(
        new Bar(
            key,
            new BigDecimal(json.getString("open")),
            new BigDecimal(json.getString("high")),
            new BigDecimal(json.getString("low")),
            new BigDecimal(json.getString("close")),
            json.getLong("volume"),
            json.getLong("trades"),
            Instant.parse(json.getString("first_at")),
            Instant.parse(json.getString("last_at"))),
        json.getBoolean("is_final"),
        json.getLong("revision"));
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
