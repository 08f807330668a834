package io.tapeline.positions;

import static io.tapeline.positions.PositionDesk.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapeline.contract.Capabilities;
import io.tapeline.contract.Capabilities.Capability;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.door.Scope;
import io.tapeline.model.AccountId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.Side;
import io.tapeline.model.TimeInForce;
import io.tapeline.positions.app.Accounts;
import io.tapeline.service.AccountPartition;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast a journal becomes tables, beside a plain consumer that parses the same JSON, and how
 * soon a fill is a position. By hand only: {@code ./tapeline bench positions}.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.events", matches = "[0-9]+")
@QuarkusTest
@TestProfile(PositionsBenchIT.AsShipped.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "position_service"))
class PositionsBenchIT {
  private static final String ACCOUNT = "BENCH";
  private static final String LIVE = "BENCH_LIVE";
  private static final BigDecimal PX = new BigDecimal("4800.25");
  private static final int FILLS_PER_SECOND = 200;
  private static final int SECONDS = 15;

  /** Before what is counted: what comes one by one takes another way than a replay does. */
  private static final int WARM_UP_SECONDS = 5;

  private static final int ROUNDS = 3;

  /** All the lines of a bench within one trading day. */
  private static final Instant MORNING = Instant.parse("2024-01-10T00:00:00Z");

  private static final Duration DAY = Duration.ofHours(20);

  @Inject Accounts accounts;

  /** With the settings of the product, not those of tests. */
  public static final class AsShipped extends ManyAccounts {
    @Override
    public Map<String, String> getConfigOverrides() {
      var config = super.getConfigOverrides();
      config.keySet().removeIf(key -> key.startsWith("positions."));
      return config;
    }
  }

  @Test
  void aJournalBecomesTablesAndAFillAPosition() throws Exception {
    PositionDesk.awaitEverythingRead();
    int events = Integer.getInteger("tapeline.bench.events");
    try (var producer = producer()) {
      for (int seq = 1; seq <= events; seq++) send(producer, ACCOUNT, seq);
      producer.flush();
      awaitFolded(ACCOUNT, events);
      for (int round = 1; round <= ROUNDS; round++) {
        var plain = plain(events);
        var fold = refold(events);
        System.out.printf(
            "replay %d: %,.0f events/s into tables, plain consumer %,.0f/s, ratio %.2f, heap %d MB%n",
            round, fold, plain, fold / plain, usedMegabytes());
      }
      past(events);
      live(producer);
    }
  }

  /** The positions of instants spread over the day, each asked for once. */
  private static void past(int events) {
    var millis = new double[20];
    for (int i = 0; i < millis.length; i++) {
      var asOf = at(events * (i + 1L) / (millis.length + 1)).truncatedTo(ChronoUnit.MICROS);
      var started = System.nanoTime();
      caller().get("/api/accounts/" + ACCOUNT + "/positions?asOf=" + asOf).then().statusCode(200);
      millis[i] = elapsed(started) * 1e3;
    }
    Arrays.sort(millis);
    System.out.printf(
        "positions as of an instant of a day of %,d fills: median %.0f ms, longest %.0f ms%n",
        events / 3, millis[millis.length / 2], millis[millis.length - 1]);
  }

  private static Instant at(long seq) {
    return MORNING.plusNanos(DAY.toNanos() / Integer.getInteger("tapeline.bench.events") * seq);
  }

  /** Into empty tables: nothing is left to be found unchanged, or in the way. */
  private double refold(int events) throws InterruptedException, SQLException {
    try (var postgres = TestStack.shared().connect("position_service");
        var statement = postgres.createStatement()) {
      statement.execute(
          """
          truncate position_service.fill, position_service.trade, position_service.trade_telling,
            position_service.position, position_service.checkpoint""");
    }
    var started = System.nanoTime();
    caller(Scope.ADMIN).post("/api/accounts/" + ACCOUNT + "/repair").then().statusCode(202);
    // it begins again from nothing: the last line is there only when all were folded anew
    while (folded(ACCOUNT) >= events && elapsed(started) < 2) Thread.sleep(1);
    awaitFolded(ACCOUNT, events);
    return events / elapsed(started);
  }

  private void awaitFolded(String account, long seq) throws InterruptedException {
    var started = System.nanoTime();
    while (folded(account) < seq) {
      assertThat(elapsed(started)).isLessThan(180);
      Thread.sleep(5);
    }
  }

  /** Asked of memory: a call over HTTP every few milliseconds costs more than the fold. */
  private long folded(String account) {
    var state = accounts.committed(new AccountId(account));
    return state == null ? 0 : state.fold().seq();
  }

  private static double plain(int events) {
    var partition = new TopicPartition(Topics.ORDER_EVENTS, AccountPartition.of(ACCOUNT));
    try (var consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var started = System.nanoTime();
      long seen = 0;
      while (seen < events)
        for (var line : consumer.poll(Duration.ofMillis(200)))
          if (Json.read(line.value(), OrderEventRecord.class).accountId().equals(ACCOUNT)) seen++;
      return events / elapsed(started);
    }
  }

  private static void live(KafkaProducer<String, byte[]> producer) throws InterruptedException {
    int first = FILLS_PER_SECOND * WARM_UP_SECONDS;
    int count = first + FILLS_PER_SECOND * SECONDS;
    var sent = new long[3 * count + 4];
    var millis = new double[count];
    var partition = new TopicPartition(Topics.POSITIONS, AccountPartition.of(LIVE));
    try (var positions = consumer()) {
      positions.assign(List.of(partition));
      positions.seekToEnd(List.of(partition));
      positions.position(partition);
      send(producer, LIVE, 1);
      send(producer, LIVE, 2);
      var writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    var next = System.nanoTime();
                    for (int i = 0; i < count; i++) {
                      next += TimeUnit.SECONDS.toNanos(1) / FILLS_PER_SECOND;
                      LockSupport.parkNanos(next - System.nanoTime());
                      int seq = i + 3;
                      sent[seq] = System.nanoTime();
                      send(producer, LIVE, seq, fill(LIVE, seq, "l" + seq), null);
                    }
                  });
      int arrived = 0;
      while (arrived < count) {
        for (var row : positions.poll(Duration.ofMillis(5))) {
          if (!row.key().startsWith(LIVE + "|")) continue;
          long now = System.nanoTime();
          var seq = Json.read(row.value(), Version.class).version().getFirst();
          while (arrived < count && arrived + 3 <= seq)
            millis[arrived] = (now - sent[arrived++ + 3]) / 1e6;
        }
      }
      writer.join();
    }
    var cold = sorted(millis, 0, first);
    var warm = sorted(millis, first, count);
    System.out.printf(
        "fill on topic to position on topic at %d/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms"
            + " (the %d s before: p50 %.1f ms, p99 %.1f ms)%n",
        FILLS_PER_SECOND,
        warm[warm.length / 2],
        warm[warm.length * 99 / 100],
        warm[warm.length - 1],
        WARM_UP_SECONDS,
        cold[cold.length / 2],
        cold[cold.length * 99 / 100]);
  }

  private static double[] sorted(double[] all, int from, int to) {
    var some = Arrays.copyOfRange(all, from, to);
    Arrays.sort(some);
    return some;
  }

  record Version(List<Long> version) {}

  /** Three lines an order: submitted, accepted, filled; it buys and sells in turn. */
  private static void send(KafkaProducer<String, byte[]> producer, String account, int seq) {
    int order = (seq - 1) / 3;
    var clOrdId = "o" + order;
    switch ((seq - 1) % 3) {
      case 0 -> send(producer, account, seq, submitted(clOrdId), row(account, clOrdId, seq, 1));
      case 1 ->
          send(
              producer,
              account,
              seq,
              new TapeEvent.OrderAccepted(clOrdId, "V" + order),
              row(account, clOrdId, seq, 1));
      default ->
          send(producer, account, seq, fill(account, seq, clOrdId), row(account, clOrdId, seq, 0));
    }
  }

  private static TapeEvent submitted(String clOrdId) {
    return new TapeEvent.OrderSubmitted(
        clOrdId,
        1,
        "ESH4",
        Side.BUY,
        OrdType.LIMIT,
        TimeInForce.DAY,
        1,
        PX,
        null,
        null,
        null,
        false,
        "bench",
        null,
        new BigDecimal("0.25"),
        new BigDecimal("12.50"),
        "USD",
        "sim",
        Instant.EPOCH,
        clOrdId,
        "bench",
        null);
  }

  private static TapeEvent fill(String account, int seq, String clOrdId) {
    var side = seq % 2 == 0 ? Side.BUY : Side.SELL;
    return new TapeEvent.OrderFilled(
        clOrdId, account + "-E" + seq, "V", "ESH4", side, 1, PX, new BigDecimal("2.10"), null);
  }

  private static OrderRow row(String account, String clOrdId, int seq, long leaves) {
    var yes = new Capability(true, null);
    var at = Instant.parse("2024-01-10T18:00:00Z");
    return new OrderRow(
        account,
        clOrdId,
        "V",
        "ESH4",
        Side.BUY,
        OrdType.LIMIT,
        TimeInForce.DAY,
        1,
        PX,
        null,
        null,
        1 - leaves,
        leaves,
        PX,
        leaves == 0 ? OrdStatus.FILLED : OrdStatus.NEW,
        List.of(),
        "STANDALONE",
        null,
        null,
        false,
        "bench",
        null,
        1,
        seq,
        at,
        at,
        new Capabilities(yes, yes, yes, yes, yes),
        null,
        "DESK",
        false,
        null,
        null,
        null,
        null,
        null);
  }

  private static void send(
      KafkaProducer<String, byte[]> producer,
      String account,
      int seq,
      TapeEvent event,
      @Nullable OrderRow row) {
    var at = at(seq).truncatedTo(ChronoUnit.MICROS);
    var line = new OrderEventRecord(account, seq, 1, at, at, event, row);
    var _ = producer.send(new ProducerRecord<>(Topics.ORDER_EVENTS, account, Json.bytes(line)));
  }

  private static KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestStack.shared().bootstrapServers(),
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.LINGER_MS_CONFIG, "0"),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            TestStack.shared().bootstrapServers(),
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            "5000"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static double elapsed(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  /** After a collection: what is kept, not what is garbage. */
  private static long usedMegabytes() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
