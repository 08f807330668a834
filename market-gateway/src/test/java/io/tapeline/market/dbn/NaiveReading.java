package io.tapeline.market.dbn;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A second reading of DBN files that shares nothing with the first: bytes at offsets, decimals,
 * sorted maps, a list of orders per price. Slow, and too simple to be wrong in the same way.
 */
final class NaiveReading {
  /** One trade as text: price, lots and side, time of receipt. */
  record Trade(BigDecimal px, long qty, char side, long received) {}

  private record Order(long id, char side, BigDecimal px, long qty) {}

  private final ByteBuffer in;
  final Map<String, Long> kinds = new TreeMap<>();
  final List<Trade> trades = new ArrayList<>();
  private final Map<Long, Order> orders = new LinkedHashMap<>();
  long unknown;
  long records;
  long first;
  long last;
  BigDecimal bidPx;
  BigDecimal askPx;
  long bidQty;
  long askQty;

  NaiveReading(Path file) throws IOException {
    try (var zstd = new ZstdInputStream(Files.newInputStream(file))) {
      in = ByteBuffer.wrap(zstd.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
    in.position(8 + in.getInt(4));
  }

  /** Reads so many records more, or to the end. */
  void read(long more) {
    for (long left = more; left > 0 && in.hasRemaining(); left--) {
      int at = in.position();
      int length = (in.get(at) & 255) * 4;
      int type = in.get(at + 1) & 255;
      switch (type) {
        case 160 -> mbo(at);
        case 0 -> top(at, false);
        case 1 -> top(at, true);
        default -> throw new IllegalStateException("type " + type);
      }
      records++;
      in.position(at + length);
    }
  }

  /** When the next record was received, of a file of orders; {@link Long#MAX_VALUE} at the end. */
  long nextReceived() {
    return in.hasRemaining() ? in.getLong(in.position() + 40) : Long.MAX_VALUE;
  }

  private void mbo(int at) {
    long id = in.getLong(at + 16);
    long rawPrice = in.getLong(at + 24);
    var px = rawPrice == Long.MAX_VALUE ? null : BigDecimal.valueOf(rawPrice, 9).setScale(2);
    long qty = in.getInt(at + 32);
    char action = (char) in.get(at + 38);
    char side = (char) in.get(at + 39);
    received(in.getLong(at + 40));
    var old = orders.get(id);
    switch (action) {
      case 'A' -> {
        count("add");
        orders.put(id, new Order(id, side, px, qty));
      }
      case 'M' -> {
        count("modify");
        if (old == null) unknown++;
        else {
          boolean keeps = old.px().compareTo(px) == 0 && qty <= old.qty();
          if (!keeps) orders.remove(id);
          orders.put(id, new Order(id, side, px, qty));
        }
      }
      case 'C' -> {
        count("cancel");
        if (old == null) unknown++;
        else if (old.qty() <= qty) orders.remove(id);
        else orders.put(id, new Order(id, side, old.px(), old.qty() - qty));
      }
      case 'R' -> {
        count("clear");
        orders.clear();
      }
      case 'F' -> {
        count("fill");
        if (old == null) unknown++;
      }
      case 'T' -> {
        count("trade");
        trades.add(new Trade(px, qty, side, in.getLong(at + 40)));
      }
      default -> throw new IllegalStateException("action " + action);
    }
  }

  private void top(int at, boolean quotes) {
    received(in.getLong(at + 32));
    if (in.get(at + 28) == 'T') {
      count("trade");
      var px = BigDecimal.valueOf(in.getLong(at + 16), 9).setScale(2);
      trades.add(new Trade(px, in.getInt(at + 24), (char) in.get(at + 29), last));
    } else count("quote");
    if (!quotes) return;
    bidPx = BigDecimal.valueOf(in.getLong(at + 48), 9).setScale(2);
    askPx = BigDecimal.valueOf(in.getLong(at + 56), 9).setScale(2);
    bidQty = in.getInt(at + 64);
    askQty = in.getInt(at + 68);
  }

  private void received(long at) {
    if (records == 0) first = at;
    last = at;
  }

  private void count(String kind) {
    kinds.merge(kind, 1L, Long::sum);
  }

  /** The best ten levels of a side: price, lots, orders. */
  List<String> levels(char side) {
    var lots = new TreeMap<BigDecimal, long[]>();
    for (var order : orders.values()) {
      if (order.side() != side) continue;
      var sum = lots.computeIfAbsent(order.px(), _ -> new long[2]);
      sum[0] += order.qty();
      sum[1]++;
    }
    var best = side == 'B' ? lots.descendingMap() : lots;
    return best.entrySet().stream()
        .limit(10)
        .map(e -> e.getKey() + " " + e.getValue()[0] + " " + e.getValue()[1])
        .toList();
  }

  /** The orders at a price in the order they stand: the map keeps the order of their times. */
  List<String> queue(char side, BigDecimal px) {
    return orders.values().stream()
        .filter(order -> order.side() == side && order.px().compareTo(px) == 0)
        .map(order -> order.id() + " " + order.qty())
        .toList();
  }

  long volume() {
    return trades.stream().mapToLong(Trade::qty).sum();
  }
}
