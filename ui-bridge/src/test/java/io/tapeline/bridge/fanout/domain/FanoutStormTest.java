package io.tapeline.bridge.fanout.domain;

import static java.math.BigDecimal.ONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.Bar;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that stall, drop, come back and change their minds while the tape runs: in the end each
 * of them shows what the board shows, and none of them misses a record that counts.
 */
class FanoutStormTest {
  private static final List<String> SYMBOLS = List.of("ESH4", "MNQH4", "GCG4", "ZNH4");
  private static final String ACCOUNT = "PRACTICE";
  private static final ChannelName ORDERS = new ChannelName(ChannelKind.ORDERS, ACCOUNT);
  private static final ChannelName FILLS = new ChannelName(ChannelKind.FILLS, ACCOUNT);
  private static final ChannelName POSITIONS = new ChannelName(ChannelKind.POSITIONS, ACCOUNT);

  private static final ChannelName TRADES = new ChannelName(ChannelKind.TRADES, ACCOUNT);
  private static final ChannelName BARS = ChannelName.bars("ESH4", "1s");
  private static final AtomicLong DISTURBANCES = new AtomicLong();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @AfterAll
  static void thatWereTenThousandDropsStallsAndReconnects() {
    assertThat(DISTURBANCES.get()).isGreaterThan(10_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void afterAnyStormEveryClientShowsWhatTheBoardShowsAndMissesNoRecord(long seed) {
    var storm = new Storm(seed);
    for (int step = 0; step < 6_000; step++) storm.step();
    storm.calm();
    for (var client : storm.clients) {
      for (var channel : client.view.channels()) {
        var name = channel.toString();
        var expected = storm.truth.getOrDefault(name, new TreeMap<>());
        if (channel.kind() == ChannelKind.TAPE) continue;
        if (channel.equals(TRADES)) {
          storm.assertTradesHaveNoHole(client);
          continue;
        }
        if (channel.equals(BARS)) {
          storm.assertBarsAreRight(client);
          continue;
        }
        assertThat(client.replica.values.getOrDefault(name, new TreeMap<>()).hashCode())
            .as("client %d on %s", client.number, name)
            .isEqualTo(expected.hashCode());
        if (channel.kind() == ChannelKind.FILLS)
          assertThat(client.replica.records.getOrDefault(name, new TreeSet<>()))
              .as("fills of client %d", client.number)
              .isEqualTo(new TreeSet<>(storm.fills));
      }
    }
  }

  private static final class Client {
    final int number;
    final Frame frame;
    ClientView view = new ClientView();
    Replica replica = new Replica();
    long stalledUntil;

    /** Every other one wants binary frames. */
    Client(int number, Codebook codebook) {
      this.number = number;
      frame = number % 2 == 0 ? new TextFrame("e1") : new BinaryFrame("e1", codebook);
    }
  }

  private record Answer(
      Client client, ClientView view, ChannelName channel, List<Ring.Entry> rows, long asOfSeq) {}

  private static final class Storm {
    final Random random;
    final Board board = new Board(Set.of(ACCOUNT));
    final Map<String, TreeMap<String, String>> truth = new HashMap<>();
    final List<Client> clients = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Long> fills = new ArrayList<>();
    final Map<Long, String> fillData = new HashMap<>();
    long now;
    long seq = 7;
    long journaled = 7;
    long mark;
    long trades;
    long second = 1_770_000_000;
    long revisions;
    final Map<Instant, BarVersion> bars = new HashMap<>();

    Storm(long seed) {
      random = new Random(seed);
      SYMBOLS.forEach(symbol -> board.instrument(symbol, new BigDecimal("0.25"), true));
      var codebook = new Codebook(board, (_, _) -> null);
      for (int i = 0; i < 8; i++) clients.add(new Client(i, codebook));
    }

    void step() {
      now += random.nextInt(4_000);
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> quote();
        case 3, 4 -> position();
        case 5, 6 -> orderEvent();
        case 7 -> print();
        case 8, 9, 10 -> clientActs(clients.get(random.nextInt(clients.size())));
        case 11 -> answerOne();
        case 12 -> bar();
        case 13 -> trade();
        default -> clients.forEach(this::flush);
      }
    }

    void quote() {
      var symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
      var data = "{\"bidPx\":\"" + random.nextInt(100_000) + "\"}";
      board.put(ChannelName.quote(symbol), data.getBytes(UTF_8), 0);
      truth.computeIfAbsent("quote:" + symbol, _ -> new TreeMap<>()).put("", data);
    }

    void position() {
      var symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
      var known = truth.computeIfAbsent(POSITIONS.toString(), _ -> new TreeMap<>());
      if (random.nextInt(20) == 0) {
        board.remove(POSITIONS, symbol, 0);
        known.remove(symbol);
        return;
      }
      boolean late = random.nextInt(10) == 0;
      var version = late ? new Version(seq - 3, mark) : new Version(seq, ++mark);
      var data = "{\"netQty\":" + random.nextInt(50) + "}";
      if (board.put(POSITIONS, symbol, version, data.getBytes(UTF_8), 0)) known.put(symbol, data);
    }

    void orderEvent() {
      seq++;
      boolean lostOnTheWay = random.nextInt(200) == 0;
      var order = "o" + random.nextInt(30);
      var data = random.nextInt(5) == 0 ? null : "{\"seq\":" + seq + "}";
      boolean fill = random.nextBoolean();
      if (data != null)
        truth.computeIfAbsent(ORDERS.toString(), _ -> new TreeMap<>()).put(order, data);
      if (fill) {
        fills.add(seq);
        fillData.put(seq, "{\"fill\":" + seq + "}");
        truth
            .computeIfAbsent(FILLS.toString(), _ -> new TreeMap<>())
            .put("x" + seq, "{\"fill\":" + seq + "}");
      }
      journaled = seq;
      if (lostOnTheWay) return;
      board.record(ORDERS, seq, order, data == null ? null : data.getBytes(UTF_8), 0);
      board.record(
          FILLS, seq, "x" + seq, fill ? ("{\"fill\":" + seq + "}").getBytes(UTF_8) : null, 0);
      if (random.nextInt(30) == 0) // redelivered
      board.record(ORDERS, seq, order, data == null ? null : data.getBytes(UTF_8), 0);
    }

    void print() {
      board.append(new ChannelName(ChannelKind.TAPE, "ESH4"), "1", "{}".getBytes(UTF_8), 0);
    }

    void trade() {
      var id = "t" + ++trades;
      var data = "{\"tradeId\":\"" + id + "\"}";
      board.append(TRADES, id, data.getBytes(UTF_8), 0);
      truth.computeIfAbsent(TRADES.toString(), _ -> new TreeMap<>()).put(id, data);
    }

    /** Mostly the forming bar; sometimes the next one, or a late correction. */
    void bar() {
      if (random.nextInt(4) == 0) second++;
      boolean again = random.nextInt(20) == 0;
      var start = Instant.ofEpochSecond(again ? second - random.nextInt(5) : second);
      var key = new BarKey("ESH4", Interval.SECOND, start);
      var known = bars.get(start);
      boolean late = again || (known != null && known.isFinal());
      long revision = late ? ++revisions : 0;
      long count = known == null ? 1 : known.bar().trades() + 1;
      var bar =
          new BarVersion(
              new Bar(key, ONE, ONE, ONE, ONE, count, count, start, start), late, revision);
      bars.put(start, known == null ? bar : known.newerOf(bar));
      var followed = board.followedBars(BARS);
      if (followed != null) followed.put(bar, data(bar).getBytes(UTF_8), 0);
    }

    static String data(BarVersion bar) {
      return "{\"start\":\"%s\",\"trades\":%d,\"revision\":%d}"
          .formatted(bar.key().start(), bar.bar().trades(), bar.revision());
    }

    /** From the first that is shown to the last there is, none is missing. */
    void assertTradesHaveNoHole(Client client) {
      var shown = client.replica.records.getOrDefault(TRADES.toString(), new TreeSet<>());
      if (trades > 0) assertThat(shown.last()).isEqualTo(trades);
      if (trades > 0) assertThat(shown).hasSize((int) (trades - shown.first() + 1));
    }

    /** All that the channel holds is shown, and nothing that is shown is old. */
    void assertBarsAreRight(Client client) {
      var shown = client.replica.values.getOrDefault(BARS.toString(), new TreeMap<>());
      for (var change : board.followedBars(BARS).after(0, true).changes())
        assertThat(shown.get(change.bar().key().start().toString()))
            .as("bar of client %d", client.number)
            .isEqualTo(data(change.bar()));
      shown.forEach(
          (start, data) -> assertThat(data).isEqualTo(data(bars.get(Instant.parse(start)))));
    }

    void clientActs(Client client) {
      switch (random.nextInt(8)) {
        case 0 -> reconnect(client, true);
        case 1 -> reconnect(client, false);
        case 2 -> {
          client.stalledUntil = now + random.nextInt(3_000_000);
          DISTURBANCES.incrementAndGet();
        }
        case 3 -> client.view.hidden(random.nextBoolean());
        case 4 -> client.view.window(random.nextInt(1_500));
        case 5 -> {
          var followed = client.view.channels();
          if (!followed.isEmpty()) {
            var gone = followed.get(random.nextInt(followed.size()));
            client.view.unsubscribe(gone);
            client.replica.values.remove(gone.toString());
            client.replica.records.remove(gone.toString());
            client.replica.cursors.remove(gone.toString());
          }
        }
        default -> subscribe(client, wanted().get(random.nextInt(wanted().size())), null);
      }
    }

    List<ChannelName> wanted() {
      var all = new ArrayList<ChannelName>();
      SYMBOLS.forEach(symbol -> all.add(ChannelName.quote(symbol)));
      all.addAll(
          List.of(
              ORDERS, FILLS, POSITIONS, TRADES, BARS, new ChannelName(ChannelKind.TAPE, "ESH4")));
      return all;
    }

    void subscribe(Client client, ChannelName channel, Long cursor) {
      client.view.subscribe(board.find(channel), cursor);
    }

    void reconnect(Client client, boolean resume) {
      DISTURBANCES.incrementAndGet();
      var followed = client.view.channels();
      client.view.leave();
      client.view = new ClientView();
      client.stalledUntil = 0;
      client.replica.reconnected();
      if (!resume) client.replica = new Replica();
      for (var channel : followed)
        subscribe(client, channel, resume ? client.replica.cursors.get(channel.toString()) : null);
    }

    void flush(Client client) {
      if (client.stalledUntil > now) {
        if (client.view.hasNews()) client.view.skip();
        return;
      }
      if (client.view.flush(client.frame, Replica.stamp(now), now))
        client.replica.receive(client.frame);
      for (var channel : client.view.takeWanted()) answers.add(ask(client, channel));
    }

    /** The owner's answer as of now; it may be late. */
    Answer ask(Client client, ChannelName channel) {
      var rows = new ArrayList<Ring.Entry>();
      if (channel.equals(ORDERS))
        truth
            .getOrDefault(ORDERS.toString(), new TreeMap<>())
            .forEach(
                (key, data) ->
                    rows.add(Ring.Entry.of(ORDERS, seqOf(data), key, data.getBytes(UTF_8), 0)));
      else
        fillData.forEach(
            (at, data) -> rows.add(Ring.Entry.of(FILLS, at, "x" + at, data.getBytes(UTF_8), 0)));
      return new Answer(client, client.view, channel, rows, journaled);
    }

    static long seqOf(String data) {
      return Long.parseLong(data.replaceAll("\\D", ""));
    }

    void answerOne() {
      if (answers.isEmpty()) return;
      var answer = answers.remove(random.nextInt(answers.size()));
      if (random.nextInt(6) == 0) answer.view.askAgain(answer.channel);
      else answer.view.begin(answer.channel, answer.rows, answer.asOfSeq);
    }

    /**
     * No more drops and stalls: one more event, so that a last gap is seen, then everybody reads.
     */
    void calm() {
      seq++;
      journaled = seq;
      board.record(ORDERS, seq, "", null, 0);
      board.record(FILLS, seq, "", null, 0);
      for (int i = 0; i < 60; i++) {
        now += 100_000;
        for (var client : clients) {
          client.stalledUntil = 0;
          client.view.hidden(false);
          flush(client);
        }
        while (!answers.isEmpty()) {
          var answer = answers.removeFirst();
          answer.view.begin(answer.channel, answer.rows, answer.asOfSeq);
        }
      }
    }
  }
}
