package io.tapeline.market.book.domain;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The order-by-order book of a recording: one record at a time of adds, cancels, fills that shrink
 * an order, and orders that move. Some 4,000 orders stand on 40 levels.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BookBenchmark {
  private static final int OPEN = 8_192;
  private static final int LENGTH = 1 << 16;
  private static final int LEVELS = 20;
  private static final long MIDDLE = 19_200;

  private final int[] places = new int[LENGTH];
  private final byte[] kinds = new byte[LENGTH];
  private final byte[] distances = new byte[LENGTH];
  private final byte[] lots = new byte[LENGTH];
  private final long[] ids = new long[OPEN];
  private final OrderBook book = new OrderBook();
  private long lastId;
  private int at;

  public BookBenchmark() {
    var random = new Random(20);
    for (int i = 0; i < LENGTH; i++) {
      places[i] = random.nextInt(OPEN);
      kinds[i] = (byte) random.nextInt(10);
      distances[i] = (byte) random.nextInt(LEVELS);
      lots[i] = (byte) (2 + random.nextInt(8));
    }
  }

  /** Records a microsecond on one core. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public int throughput() {
    return next();
  }

  /** How long one record takes: look at p(99.9). */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public int latency() {
    return next();
  }

  private int next() {
    int i = at;
    at = (at + 1) & (LENGTH - 1);
    int place = places[i];
    boolean bid = (place & 1) == 0;
    long id = ids[place];
    if (id == 0) {
      ids[place] = ++lastId;
      book.add(lastId, bid, px(bid, i), lots[i]);
    } else if (kinds[i] < 7) {
      ids[place] = 0;
      book.cancel(id, bid, Long.MAX_VALUE);
    } else if (kinds[i] == 7) {
      var order = book.find(id);
      if (order != null && order.lots > 1) book.cancel(id, bid, 1);
    } else {
      book.modify(id, bid, px(bid, i), lots[i]);
    }
    return book.orders();
  }

  private long px(boolean bid, int i) {
    return bid ? MIDDLE - 1 - distances[i] : MIDDLE + distances[i];
  }
}
