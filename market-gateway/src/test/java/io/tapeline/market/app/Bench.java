package io.tapeline.market.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.kafka.KafkaPrints;
import io.tapeline.market.kafka.KafkaTape;
import io.tapeline.market.store.AlertStore;
import io.tapeline.market.store.BarStore;
import io.tapeline.market.store.IntakeStore;
import io.tapeline.market.store.Leases;
import io.tapeline.market.store.PostgresPracticeMemory;
import io.tapeline.market.store.Transactions;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.model.AccountId;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import io.tapeline.service.KafkaClients;
import io.tapeline.service.Traces;
import io.tapeline.testkit.Press;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import io.tapeline.timing.Timing;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Gateways on the shared Kafka and PostgreSQL, one life after the other, without a framework.
 * Topics are shared with other tests: every bench has accounts of its own.
 */
final class Bench implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);
  private final String suffix = "-" + Long.toString(System.nanoTime(), 36);
  final InstantSource clock = InstantSource.system();
  final Transactions transactions;
  final Leases leases;
  final IntakeStore store;
  final BarStore bars;
  final KafkaPrints prints;
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;
  private final KafkaTape tape;
  private final Press press = Press.shared();
  private final Map<String, Long> seqs = new HashMap<>();
  private final List<Life> lives = new ArrayList<>();
  private boolean closed;

  Bench() throws SQLException {
    var stack = TestStack.shared();
    stack.wipeDatabase("market_gateway");
    Flyway.configure()
        .dataSource(stack.jdbcUrl(), "market_gateway", stack.passwordOf("market_gateway"))
        .schemas("market_gateway", "venue_sim")
        .load()
        .migrate();
    var options =
        PgConnectOptions.fromUri(stack.reactiveUrl())
            .setUser("market_gateway")
            .setPassword(stack.passwordOf("market_gateway"));
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(options)
                .using(vertx)
                .build());
    transactions = new Transactions(pool);
    leases = new Leases(transactions);
    store = new IntakeStore(transactions);
    bars = new BarStore(transactions);
    alerts = new AlertStore(transactions);
    var kafka = new KafkaClients(Map.of("bootstrap.servers", stack.bootstrapServers()));
    prints = new KafkaPrints(kafka, new SimpleMeterRegistry());
    tape = new KafkaTape(kafka, new SimpleMeterRegistry());
  }

  /** What a venue is made of. */
  interface Making extends BiFunction<Leases.Held, Instruments, Venue> {}

  final AlertStore alerts;

  Life live(String venue, Making making, String... accounts) {
    var life =
        new Life(venue, making, Stream.of(accounts).map(this::account).collect(Collectors.toSet()));
    lives.add(life);
    return life;
  }

  /** Changes what is in the tables, as time would. */
  void sql(String statement) {
    pool.query(statement).executeAndAwait();
  }

  /** Holds an advisory lock of PostgreSQL, until it is closed. */
  Lock locked(String name) {
    var holder = pool.getConnectionAndAwait();
    holder
        .query("select pg_advisory_lock(hashtextextended('%s', 0))".formatted(name))
        .executeAndAwait();
    return new Lock(holder);
  }

  /** A lock that others wait for. */
  final class Lock implements AutoCloseable {
    private final SqlConnection holder;
    private boolean open = true;

    private Lock(SqlConnection holder) {
      this.holder = holder;
    }

    boolean isWaitedFor() {
      var waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
      return pool.query(waiting).executeAndAwait().iterator().next().getLong(0) > 0;
    }

    void release() {
      if (!open) return;
      open = false;
      holder.query("select pg_advisory_unlock_all()").executeAndAwait();
      holder.closeAndAwait();
    }

    @Override
    public void close() {
      release();
    }
  }

  AccountId account(String name) {
    return new AccountId(name + suffix);
  }

  PostgresPracticeMemory memory(Leases.Held lease) {
    return new PostgresPracticeMemory(transactions, lease.term());
  }

  /** One process's time with the lease. */
  final class Life implements AutoCloseable {
    final Leases.Held lease;
    final Venue venue;
    final MarketBoard board;
    final Instruments instruments;
    private final Tenure tenure;
    private final Thread thread;
    private volatile boolean ended;
    final AlertWatch watch;
    private @Nullable BarKeeper keeper;

    Life(String name, Making making, Set<AccountId> accounts) {
      lease = leases.tryTake(name, "test").orElseThrow();
      instruments = new Instruments(CatalogueReader.packaged(), name, LocalDate.of(2026, 1, 5));
      instruments.addRecorded(new Symbol("ESH4"), LocalDate.of(2023, 12, 25));
      var meters = new SimpleMeterRegistry();
      board = new MarketBoard(tape, instruments, clock, meters, Timing.plain(meters));
      watch = new AlertWatch(lease.term(), alerts, tape, instruments, board, clock, meters);
      venue = making.apply(lease, instruments);
      tenure =
          new Tenure(
              lease,
              venue,
              accounts,
              store,
              tape,
              instruments,
              board,
              clock,
              meters,
              Timing.plain(meters),
              Traces.off(),
              () -> instruments.rows().forEach(tape::instrument));
      tenure.begin();
      thread = Thread.ofPlatform().start(this::work);
    }

    /** Makes bars, as a gateway does. */
    Life withBars() {
      keeper =
          new BarKeeper(
              lease.term(),
              bars,
              prints,
              tape,
              instruments,
              () -> venue.clock().venueTime(),
              venue::state,
              board::printed,
              watch,
              new SimpleMeterRegistry());
      keeper.start();
      return this;
    }

    BarHistory history() {
      return new BarHistory(
          bars,
          lease.term().venue(),
          instruments::session,
          keeper == null ? _ -> List.of() : keeper::live,
          venue.clock().venueTime());
    }

    private void work() {
      try {
        for (int tick = 0; !ended; tick++) {
          if (tick % 20 == 0) lease.renew();
          tenure.keepHouse();
          Thread.sleep(50);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    Life reconciled() throws InterruptedException {
      for (int tries = 0; !tenure.isReading(); tries++) {
        if (tries > 1_200) throw new AssertionError("not reconciled: " + venue.state());
        Thread.sleep(50);
      }
      return this;
    }

    /** Ends as a killed process does: nothing is finished, nothing said. */
    void kill() throws InterruptedException {
      ended = true;
      thread.join();
      lease.lose();
      if (keeper != null) keeper.close();
      tenure.close();
    }

    @Override
    public void close() {
      if (ended) return;
      ended = true;
      if (keeper != null) keeper.close();
      tenure.close();
    }
  }

  /** Writes the next line of an account's journal. */
  void journal(String account, TapeEvent event) {
    journal(account, event, null);
  }

  void journal(String account, TapeEvent event, @Nullable OrderRow row) {
    journal(account, seqs.merge(account, 1L, Long::sum), event, row);
  }

  void journal(String name, long seq, TapeEvent event, @Nullable OrderRow row) {
    var account = account(name).value();
    press.print(
        Topics.ORDER_EVENTS,
        account,
        new OrderEventRecord(account, seq, 1, Instant.now(), Instant.now(), event, row));
  }

  static TapeEvent.OrderSubmitted order(
      String clOrdId, String symbol, Side side, long qty, @Nullable String price, Instant sendBy) {
    return new TapeEvent.OrderSubmitted(
        clOrdId,
        1,
        symbol,
        side,
        price == null ? OrdType.MARKET : OrdType.LIMIT,
        TimeInForce.DAY,
        qty,
        price == null ? null : new BigDecimal(price),
        null,
        null,
        null,
        false,
        null,
        null,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        "test",
        sendBy,
        clOrdId,
        "ann",
        null);
  }

  /** A change of an order of {@link #order}. */
  static TapeEvent.ReplaceRequested replace(
      String clOrdId,
      long requestNo,
      String symbol,
      Side side,
      long qty,
      String price,
      Instant sendBy) {
    return new TapeEvent.ReplaceRequested(
        clOrdId,
        requestNo,
        symbol,
        side,
        OrdType.LIMIT,
        TimeInForce.DAY,
        qty,
        new BigDecimal(price),
        null,
        null,
        null,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        sendBy,
        null,
        clOrdId + requestNo,
        "ann");
  }

  static Instant inTime() {
    return Instant.now().plusSeconds(120);
  }

  /** The reports of an account so far, as {@code Type clOrdId}. */
  List<String> reports(String account) {
    try (var reports = Tape.of(Topics.VENUE_REPORTS)) {
      return reports.read().stream()
          .filter(e -> e.key().equals(account(account).value()))
          .map(Bench::brief)
          .toList();
    }
  }

  Tape.Entry awaitReport(Predicate<Tape.Entry> matches) {
    try (var reports = Tape.of(Topics.VENUE_REPORTS)) {
      return reports.await(SOON, e -> e.key().endsWith(suffix) && matches.test(e));
    }
  }

  Tape.Entry awaitReport(String brief) {
    return awaitReport(entry -> brief(entry).equals(brief));
  }

  static String brief(Tape.Entry entry) {
    var report = entry.json().path("report");
    return (report.path("type").asText() + " " + report.path("clOrdId").asText()).strip();
  }

  /** Waits until something is so that happens beside the test. */
  static void eventually(String what, Callable<Boolean> condition) throws Exception {
    var end = System.nanoTime() + SOON.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) throw new AssertionError("not in time: " + what);
      Thread.sleep(50);
    }
  }

  /** When it returns, all that was said is on the tape. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    lives.forEach(Life::close);
    press.close();
    tape.close();
    var _ = pool.close();
    var _ = vertx.close();
  }
}
