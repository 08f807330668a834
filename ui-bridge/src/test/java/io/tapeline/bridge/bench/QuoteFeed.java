package io.tapeline.bridge.bench;

import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.contract.WireTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Quotes of all keys in turn at a fixed rate, and fifty notices a second, onto the topics. */
final class QuoteFeed implements AutoCloseable {
  static final int KEYS = 100;

  /** What the name of every channel looks like. */
  static final String CHANNEL = "quote:S000";

  private final KafkaProducer<String, byte[]> producer;
  private final Thread thread;
  private volatile int perSecond;
  private volatile boolean whole;
  private volatile boolean closed;

  QuoteFeed(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                1),
            new StringSerializer(),
            new ByteArraySerializer());
    for (int i = 0; i < KEYS; i++)
      send(
          Topics.INSTRUMENTS,
          symbol(i),
          ("{\"symbol\":\"%s\",\"root\":\"S\",\"exchange\":\"X\",\"description\":\"d\",\"tickSize\":\"0.25\",\"tickValue\":\"12.5\",\"currency\":\"USD\",\"session\":\"17:00-16:00"
                  + " America/Chicago\",\"venue\":\"sim\",\"front\":true}")
              .formatted(symbol(i)));
    producer.flush();
    thread = Thread.ofPlatform().name("feed").daemon().start(this::run);
  }

  void rate(int updatesPerSecond) {
    perSecond = updatesPerSecond;
  }

  /** Whether quotes have the fields that a gateway gives them, rather than the fewest. */
  void whole(boolean value) {
    whole = value;
  }

  private void send(String topic, String key, String value) {
    var _ =
        producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.US_ASCII)));
  }

  private void run() {
    long next = System.nanoTime();
    for (int i = 0; !closed; i++) {
      int rate = perSecond;
      next += TimeUnit.SECONDS.toNanos(1) / Math.max(1, rate);
      long wait = next - System.nanoTime();
      if (wait > 200_000) LockSupport.parkNanos(wait);
      if (rate == 0) continue;
      send(Topics.QUOTES, symbol(i), whole ? wholeQuote(i) : quote(i));
      if (i % Math.max(1, rate / 50) == 0)
        send(
            Topics.ORDER_NOTICES,
            "PRACTICE",
            "{\"us\":%d,\"id\":\"n%d\",\"accountId\":\"PRACTICE\",\"severity\":\"INFO\",\"code\":\"C\",\"text\":\"t\",\"params\":{},\"at\":\"2026-01-01T00:00:00.000000Z\"}"
                .formatted(Audience.micros(), i));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    producer.close();
  }

  static String symbol(int i) {
    return String.format("S%03d", i % KEYS);
  }

  static String quote(int i) {
    return "{\"symbol\":\"%s\",\"us\":%d,\"bidPx\":\"4805.25\",\"bidQty\":%d,\"askPx\":\"4805.5\",\"askQty\":9,\"lastPx\":\"4805.25\",\"lastQty\":2}"
        .formatted(symbol(i), Audience.micros(), i % 500);
  }

  /** As a gateway writes it, of a price that moves. */
  private static String wholeQuote(int i) {
    var now = Instant.now();
    long bid = 19_200 + i * 31L % 97;
    return Json.MAPPER
        .createObjectNode()
        .put("symbol", symbol(i))
        .put("bidPx", px(bid))
        .put("bidQty", 1 + i % 500)
        .put("askPx", px(bid + 1))
        .put("askQty", 1 + i % 77)
        .put("lastPx", px(bid + i % 2))
        .put("lastQty", 1 + i % 9)
        .put("at", WireTime.text(now))
        .put("venueTime", WireTime.text(now.minusNanos(1_000L * (400 + i % 3_000))))
        .toString();
  }

  private static String px(long ticks) {
    return BigDecimal.valueOf(25 * ticks, 2).toPlainString();
  }

  /** What a client says who follows so many keys from one on. */
  static String subscribe(int from, int count, int window, String more) {
    return "{\"op\":\"subscribe\",\"window\":%d,\"channels\":[%s%s]}"
        .formatted(
            window,
            IntStream.range(from, from + count)
                .mapToObj(i -> "\"quote:" + symbol(i) + "\"")
                .collect(Collectors.joining(",")),
            more);
  }
}
