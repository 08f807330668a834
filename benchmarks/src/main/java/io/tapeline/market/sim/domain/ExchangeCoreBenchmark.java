package io.tapeline.market.sim.domain;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
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

/**
 * The same stream through the order book of exchange-core ({@code OrderBookDirectImpl}, its fast
 * one), without its pipeline of risk engine, journal and rings: book against book.
 */
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
    })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExchangeCoreBenchmark {
  private static final long UID = 1;

  private final OrderStream stream = new OrderStream(7);
  private final long[] openIds = new long[OrderStream.OPEN];
  private final OrderCommand command = new OrderCommand();
  private final OrderBookDirectImpl book =
      new OrderBookDirectImpl(
          CoreSymbolSpecification.builder()
              .symbolId(1)
              .type(SymbolType.FUTURES_CONTRACT)
              .baseScaleK(1)
              .quoteScaleK(1)
              .build(),
          ObjectsPool.createDefaultTestPool(),
          OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
          LoggingConfiguration.DEFAULT);
  private int at;
  private long lastId;

  @Setup
  public void fill() {
    for (int i = 0; i < 2 * OrderStream.LENGTH; i++) next();
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public long throughput() {
    return next();
  }

  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public long latency() {
    return next();
  }

  private long next() {
    int i = at;
    at = (at + 1) & (OrderStream.LENGTH - 1);
    int place = stream.places[i];
    command.matcherEvent = null;
    command.uid = UID;
    switch (stream.kinds[i]) {
      case OrderStream.PLACE -> {
        if (openIds[place] == 0 || !cancel(place)) add(i, place);
      }
      case OrderStream.CHANGE -> {
        if (openIds[place] == 0 || !replace(i, place)) add(i, place);
      }
      default -> submit(OrderType.IOC, i, buys(i) ? Integer.MAX_VALUE : 1);
    }
    return lastId;
  }

  private void add(int i, int place) {
    submit(OrderType.GTC, i, limit(i));
    openIds[place] = lastId;
  }

  private void submit(OrderType type, int i, long price) {
    command.command = OrderCommandType.PLACE_ORDER;
    command.orderType = type;
    command.orderId = ++lastId;
    command.action = buys(i) ? OrderAction.BID : OrderAction.ASK;
    command.price = price;
    command.reserveBidPrice = price;
    command.size = stream.lots[i];
    book.newOrder(command);
  }

  /** False: it is done already. */
  private boolean cancel(int place) {
    command.orderId = openIds[place];
    openIds[place] = 0;
    return book.cancelOrder(command) == CommandResultCode.SUCCESS;
  }

  private boolean replace(int i, int place) {
    command.orderId = openIds[place];
    if ((i & 1) == 0) {
      command.size = 1;
      return book.reduceOrder(command) == CommandResultCode.SUCCESS;
    }
    command.price = limit(i);
    return book.moveOrder(command) == CommandResultCode.SUCCESS;
  }

  private boolean buys(int i) {
    return stream.buys[i];
  }

  private long limit(int i) {
    return OrderStream.MIDDLE + (buys(i) ? -stream.distances[i] : stream.distances[i]);
  }
}
