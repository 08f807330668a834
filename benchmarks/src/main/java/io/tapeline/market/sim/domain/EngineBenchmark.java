package io.tapeline.market.sim.domain;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.Side;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The matching engine of one symbol: one instruction of the mixed stream at a time. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {
  private final OrderStream stream = new OrderStream(7);
  private final OrderTable orders = new OrderTable(2 * OrderStream.OPEN);
  private final long[] openIds = new long[OrderStream.OPEN];
  private final OrderBook book = new OrderBook(this::traded);
  private final OrderPool pool = new OrderPool();
  private int at;
  private long lastId;
  private long matched;

  @Setup
  public void fill() {
    for (int i = 0; i < 2 * OrderStream.LENGTH; i++) next();
  }

  /** Orders a microsecond on one core. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public long throughput() {
    return next();
  }

  /** How long one instruction takes: look at p(99.9). */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public long latency() {
    return next();
  }

  private long next() {
    int i = at;
    at = (at + 1) & (OrderStream.LENGTH - 1);
    int place = stream.places[i];
    switch (stream.kinds[i]) {
      case OrderStream.PLACE -> {
        var open = orders.find(openIds[place]);
        if (open == null) add(i, place);
        else cancel(open, place);
      }
      case OrderStream.CHANGE -> {
        var open = orders.find(openIds[place]);
        if (open == null) add(i, place);
        else replace(open, i, place);
      }
      default -> take(i);
    }
    return matched;
  }

  private void add(int i, int place) {
    long id = ++lastId;
    var order = pool.take(side(i), Rest.WAITS, limit(i, side(i)), stream.lots[i], id);
    if (book.submit(order) == OrderBook.Outcome.WAITS) {
      orders.put(id, order);
      openIds[place] = id;
    } else {
      pool.give(order);
    }
  }

  private void cancel(OrderPool.Pooled order, int place) {
    book.cancel(order);
    openIds[place] = 0;
    orders.remove(order.id);
    pool.give(order);
  }

  /** Half of them take lots off and keep their place, half move to another price. */
  private void replace(OrderPool.Pooled order, int i, int place) {
    boolean smaller = (i & 1) == 0 && order.leaves > 1;
    long limit = smaller ? order.limit : limit(i, order.side);
    long lots = smaller ? order.leaves - 1 : stream.lots[i];
    if (book.replace(order, limit, lots) == OrderBook.Outcome.WAITS) return;
    openIds[place] = 0;
    orders.remove(order.id);
    pool.give(order);
  }

  private void take(int i) {
    var side = side(i);
    var order = pool.take(side, Rest.ENDS, BookOrder.anyPrice(side), stream.lots[i], ++lastId);
    book.submit(order);
    pool.give(order);
  }

  private void traded(BookOrder resting, BookOrder aggressor, long px, long lots) {
    matched += lots;
    if (resting.leaves > 0 || !(resting instanceof OrderPool.Pooled done)) return;
    orders.remove(done.id);
    pool.give(done); // it left the book before this was said
  }

  private Side side(int i) {
    return stream.buys[i] ? Side.BUY : Side.SELL;
  }

  private long limit(int i, Side side) {
    return side == Side.BUY
        ? OrderStream.MIDDLE - stream.distances[i]
        : OrderStream.MIDDLE + stream.distances[i];
  }
}
