package io.tapeline.bridge.fanout.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bars.Bar;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import io.tapeline.bridge.BinaryReader;
import io.tapeline.bridge.Protocol;
import io.tapeline.bridge.fanout.domain.BinaryFrame;
import io.tapeline.bridge.fanout.domain.Board;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.ClientView;
import io.tapeline.bridge.fanout.domain.Codebook;
import io.tapeline.bridge.fanout.domain.Frame;
import io.tapeline.bridge.fanout.domain.Stamp;
import io.tapeline.bridge.fanout.domain.TextFrame;
import io.tapeline.bridge.fanout.domain.Version;
import io.tapeline.contract.BarRow;
import io.tapeline.contract.DepthRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.TradePrint;
import io.tapeline.model.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent in binary is what would have been sent in JSON, and shorter. */
class BinaryFrameTest {
  private static final String SYMBOL = "ZNH4";
  private static final ChannelName BARS = ChannelName.bars(SYMBOL, "1m");
  private static final Interval MINUTE = Interval.parse("1m");
  private static final ChannelName QUOTE = ChannelName.quote(SYMBOL);
  private static final ChannelName DEPTH = new ChannelName(ChannelKind.DEPTH, SYMBOL);
  private static final ChannelName PRINTS = new ChannelName(ChannelKind.TAPE, SYMBOL);
  private static final ChannelName POSITIONS = new ChannelName(ChannelKind.POSITIONS, "PRACTICE");
  private static final ChannelName NOTICES = new ChannelName(ChannelKind.NOTICES, "PRACTICE");

  private final Board board = new Board(Set.of("PRACTICE"));
  private final ClientView inJson = new ClientView();
  private final ClientView inBinary = new ClientView();
  private final Frame text = new TextFrame("5f2c9a1e00b4d7aa");
  private final Frame binary =
      new BinaryFrame("5f2c9a1e00b4d7aa", new Codebook(board, new PackedRows()));
  private final BinaryReader reader = new BinaryReader();
  private long now = 1_770_129_000_000_123L;
  private BigDecimal tick = new BigDecimal("0.015625");

  private void follow(ChannelName... channels) {
    for (var channel : channels) {
      inJson.subscribe(board.find(channel), null);
      inBinary.subscribe(board.find(channel), null);
    }
  }

  private static Instant at(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  /** Both clients are served; how many bytes each got. */
  private int[] flush() throws IOException {
    now += 1_000_000;
    var stamp = new Stamp(now, BinaryReader.time(now).getBytes(UTF_8));
    boolean any = inJson.flush(text, stamp, now);
    assertThat(inBinary.flush(binary, stamp, now)).isEqualTo(any);
    if (!any) return new int[] {0, 0};
    JsonNode expected = Json.MAPPER.readTree(text.bytes(), 0, text.length());
    assertThat(reader.read(binary.bytes(), binary.length())).isEqualTo(expected);
    return new int[] {text.length(), binary.length()};
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverTheTapeBringsBothClientsAreToldTheSame(long seed) throws IOException {
    var rows = new Rows(new Random(seed), tick);
    board.instrument(SYMBOL, tick, true);
    follow(QUOTE, DEPTH, PRINTS, BARS, POSITIONS, NOTICES, ChannelName.STATUS);
    for (int i = 0; i < 400; i++) {
      long at = now / 1_000 - rows.random.nextInt(90_000);
      switch (rows.random.nextInt(9)) {
        case 0 -> board.put(QUOTE, rows.quote(), at);
        case 1 -> board.put(DEPTH, rows.depth(), at);
        case 2 -> board.append(PRINTS, null, rows.print(), at);
        case 3 -> rows.bar(board, at);
        case 4 ->
            board.put(POSITIONS, SYMBOL, new Version(i, now), "{\"netQty\":1}".getBytes(UTF_8), at);
        case 5 -> board.append(NOTICES, "n\u00fc" + i, "{\"text\":\"\u20ac\"}".getBytes(UTF_8), at);
        case 6 -> board.put(QUOTE, rows.odd(), at);
        case 7 -> board.remove(POSITIONS, SYMBOL, at);
        default -> flush();
      }
      if (i == 200) {
        rows.tick = new BigDecimal("0.25");
        board.instrument(SYMBOL, rows.tick, true);
      }
    }
    flush();
    assertThat(reader.packedItems).isGreaterThan(20);
  }

  @Test
  void aQuoteTakesAtMostFortyBytesAndTenLevelsOfDepthAtMostAHundredAndTen() throws IOException {
    var random = new Random(7);
    tick = new BigDecimal("0.25");
    // by far not the first channel, and its counters have run for a day
    for (int i = 0; i < 200; i++) {
      var other = "S" + (100 + i);
      board.instrument(other, tick, false);
      follow(ChannelName.quote(other));
      board.put(ChannelName.quote(other), "{}".getBytes(UTF_8), now / 1_000);
    }
    board.instrument(SYMBOL, tick, true);
    follow(QUOTE, DEPTH);
    for (int i = 0; i < 200_000; i++) board.put(QUOTE, "{}".getBytes(UTF_8), 0);
    for (int i = 0; i < 50_000; i++) board.put(DEPTH, "{}".getBytes(UTF_8), 0);
    flush();
    assertThat(perItem(QUOTE, () -> Rows.liveQuote(random, tick, now))).isLessThanOrEqualTo(40);
    assertThat(perItem(DEPTH, () -> Rows.liveDepth(random, tick, now))).isLessThanOrEqualTo(110);
  }

  private double perItem(ChannelName channel, Supplier<byte[]> row) throws IOException {
    reader.packedBytes = 0;
    reader.packedItems = 0;
    long json = 0;
    for (int i = 0; i < 500; i++) {
      for (int merged = random(i); merged >= 0; merged--)
        board.put(channel, row.get(), now / 1_000 + 1_000 - i % 40);
      json += flush()[0];
    }
    assertThat(reader.packedItems).isEqualTo(500);
    double bytes = (double) reader.packedBytes / reader.packedItems;
    System.out.printf("%s: %.1f bytes, in JSON %.1f%n", channel, bytes, json / 500.0 - 72);
    return bytes;
  }

  private static int random(int i) {
    return i % 5;
  }

  @Test
  void theRowsAreThoseOfTheDocument() {
    var rows = Protocol.document().at("/components/x-binary-rows");
    assertThat(rows.properties()).hasSameSizeAs(PackedRows.OF.keySet());
    PackedRows.OF.forEach(
        (kind, fields) ->
            assertThat(
                    fields.stream()
                        .map(
                            field ->
                                field.name() + " " + field.kind().name().toLowerCase(Locale.ROOT)))
                .as(kind.label())
                .containsExactlyElementsOf(
                    rows.required(kind.label()).properties().stream()
                        .map(field -> field.getKey() + " " + field.getValue().asText())
                        .toList()));
  }

  /** Rows as the gateway writes them, and now and then as it never does. */
  private static final class Rows {
    final Random random;
    BigDecimal tick;

    Rows(Random random, BigDecimal tick) {
      this.random = random;
      this.tick = tick;
    }

    private static final Instant FROM = Instant.parse("2026-02-03T14:30:00Z");

    private BigDecimal px() {
      long ticks =
          random.nextInt(50) == 0 ? random.nextLong() >> 24 : random.nextInt(40_000) - 9_000;
      var px = tick.multiply(BigDecimal.valueOf(ticks));
      return switch (random.nextInt(30)) {
        case 0 -> px.stripTrailingZeros(); // as no gateway of ours writes it
        case 1 -> px.add(new BigDecimal("0.0001")); // off tick
        default -> px;
      };
    }

    private BigDecimal pxOrNull() {
      return random.nextInt(8) == 0 ? null : px();
    }

    private long qty() {
      return random.nextInt(20) == 0
          ? random.nextLong() >>> random.nextInt(40)
          : random.nextInt(3_000);
    }

    private Instant time() {
      var far =
          random.nextInt(10) == 0
              ? Duration.ofDays(random.nextInt(20_000) - 10_000)
              : Duration.ZERO;
      return FROM.plus(far).plusNanos(1_000L * random.nextInt(2_000_000));
    }

    private Boolean refresh() {
      return random.nextInt(5) == 0 ? random.nextBoolean() : null;
    }

    byte[] quote() {
      return Json.bytes(
          new QuoteRow(
              SYMBOL,
              pxOrNull(),
              qty(),
              pxOrNull(),
              qty(),
              pxOrNull(),
              null,
              time(),
              time(),
              refresh()));
    }

    private List<DepthRow.Level> side() {
      boolean orders = random.nextBoolean();
      return IntStream.range(0, random.nextInt(11))
          .mapToObj(
              _ ->
                  new DepthRow.Level(
                      px(), qty(), orders || random.nextInt(9) == 0 ? random.nextInt(99) : null))
          .toList();
    }

    byte[] depth() {
      return Json.bytes(new DepthRow(SYMBOL, side(), side(), time(), time(), refresh()));
    }

    byte[] print() {
      boolean replayed = random.nextBoolean();
      return Json.bytes(
          new TradePrint(
              SYMBOL,
              qty(),
              px(),
              qty(),
              random.nextBoolean() ? Side.BUY : null,
              time(),
              time(),
              replayed ? "replay" : null,
              replayed ? qty() : null,
              replayed ? time() : null));
    }

    void bar(Board board, long atMillis) {
      var start = FROM.plusSeconds(60L * random.nextInt(5));
      var row =
          new BarRow(
              SYMBOL,
              "1m",
              start,
              px(),
              px(),
              px(),
              px(),
              qty(),
              qty(),
              random.nextBoolean(),
              "sim",
              random.nextInt(3));
      var bar =
          new Bar(
              new BarKey(SYMBOL, MINUTE, start),
              row.open(),
              row.high(),
              row.low(),
              row.close(),
              row.volume(),
              row.trades(),
              start,
              start);
      var followed = board.followedBars(BARS);
      if (followed != null)
        followed.put(new BarVersion(bar, row.isFinal(), row.revision()), Json.bytes(row), atMillis);
    }

    /** Rows that nobody writes, and which must arrive as they are all the same. */
    byte[] odd() {
      var odd =
          List.of(
              "{}",
              "{\"symbol\":\"ESH4\",\"bidPx\":\"1.000000\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"-0.000000\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"01.000000\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"1.\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"1e3\"}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":1.5}",
              "{\"symbol\":\"ZNH4\",\"bidPx\":\"99999999999999999999.000000\"}",
              "{\"symbol\":\"ZNH4\",\"bidQty\":-1}",
              "{\"symbol\":\"ZNH4\",\"bidQty\":99999999999999999999999}",
              "{\"symbol\":\"ZNH4\",\"bidQty\":null}",
              "{\"symbol\":\"ZNH4\",\"askPx\":\"1.000000\",\"bidPx\":\"1.000000\"}",
              "{\"symbol\":\"ZNH4\",\"at\":\"2026-02-30T14:30:00.000000Z\"}",
              "{\"symbol\":\"ZNH4\",\"at\":\"2026-02-03T14:30:00Z\"}",
              "{\"symbol\":\"ZNH4\",\"at\":\"1969-12-31T23:59:59.999999Z\"}",
              "{\"symbol\":\"ZNH4\",\"refresh\":\"true\"}",
              "{\"symbol\":\"ZNH4\",\"more\":{\"deep\":[1,2]}}",
              "{\"symbol\":\"ZNH4\"}");
      return odd.get(random.nextInt(odd.size())).getBytes(UTF_8);
    }

    static byte[] liveQuote(Random random, BigDecimal tick, long now) {
      long bid = 19_000L + random.nextInt(500);
      return Json.bytes(
          new QuoteRow(
              SYMBOL,
              tick.multiply(BigDecimal.valueOf(bid)),
              1L + random.nextInt(400),
              tick.multiply(BigDecimal.valueOf(bid + 1)),
              1L + random.nextInt(400),
              tick.multiply(BigDecimal.valueOf(bid + random.nextInt(2))),
              1L + random.nextInt(20),
              at(now),
              at(now - random.nextInt(20_000)),
              null));
    }

    static byte[] liveDepth(Random random, BigDecimal tick, long now) {
      long bid = 19_000L + random.nextInt(500);
      var bids = new ArrayList<DepthRow.Level>();
      var asks = new ArrayList<DepthRow.Level>();
      for (int i = 0; i < 10; i++) {
        bids.add(level(random, tick, bid - i));
        asks.add(level(random, tick, bid + 1 + i));
      }
      return Json.bytes(
          new DepthRow(SYMBOL, bids, asks, at(now), at(now - random.nextInt(20_000)), null));
    }

    private static DepthRow.Level level(Random random, BigDecimal tick, long ticks) {
      return new DepthRow.Level(
          tick.multiply(BigDecimal.valueOf(ticks)),
          1L + random.nextInt(400),
          1 + random.nextInt(90));
    }
  }
}
