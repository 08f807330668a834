package io.tapeline.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Orders sent to the desk on a schedule that does not wait for it: a latency counts from the moment
 * the order was due, so a pause of the desk is felt by every order that should have been sent
 * meanwhile.
 */
final class OrderLoad {
  private static final AtomicLong RUNS = new AtomicLong(System.currentTimeMillis());

  private final int port;
  private final String token;
  private final List<String> accounts;
  private final String symbol;

  /**
   * How a run went.
   *
   * @param refused answers other than 201, by status; 0: no answer
   */
  record Outcome(
      int placed, TreeMap<Integer, Integer> refused, Duration took, Latencies latencies) {
    double perSecond() {
      return placed / (took.toNanos() / 1e9);
    }

    boolean isClean() {
      return refused.isEmpty();
    }
  }

  OrderLoad(int port, String token, List<String> accounts, String symbol) {
    this.port = port;
    this.token = token;
    this.accounts = accounts;
    this.symbol = symbol;
  }

  /** So many orders a second for so long, over so many connections. */
  Outcome atRate(int rate, Duration duration, int connections) {
    var orders = (int) (rate * duration.toSeconds());
    return run(orders, TimeUnit.SECONDS.toNanos(1) / (double) rate, connections, duration);
  }

  /** As many orders as so many connections get through. */
  Outcome asFastAsPossible(Duration duration, int connections) {
    return run(Integer.MAX_VALUE, 0, connections, duration);
  }

  private Outcome run(int orders, double interval, int connections, Duration duration) {
    var run = Long.toString(RUNS.incrementAndGet(), 36);
    var next = new AtomicInteger();
    var placed = new AtomicInteger();
    var refused = new TreeMap<Integer, Integer>();
    var latencies = new Latencies(interval > 0 ? orders : 2_000_000);
    var start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    var end = start + duration.toNanos();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .name("load-" + i)
              .start(
                  () -> {
                    var client = new Reconnecting(port);
                    for (var n = next.getAndIncrement(); n < orders; n = next.getAndIncrement()) {
                      var due = interval > 0 ? start + (long) (n * interval) : System.nanoTime();
                      if (interval == 0 && due > end) break;
                      sleepUntil(Math.max(due, interval > 0 ? due : start));
                      var account = accounts.get(n % accounts.size());
                      var status =
                          client.post(
                              "/api/accounts/" + account + "/orders",
                              token,
                              json(run + "-" + n, n / accounts.size()));
                      if (status == 201) {
                        placed.incrementAndGet();
                        latencies.add(System.nanoTime() - due);
                      } else {
                        synchronized (refused) {
                          refused.merge(status, 1, Integer::sum);
                        }
                      }
                    }
                    client.close();
                  }));
    }
    for (var thread : threads) join(thread);
    return new Outcome(
        placed.get(), refused, Duration.ofNanos(System.nanoTime() - start), latencies);
  }

  /** One order of an account, all the way; the status. */
  int once(String account) {
    var client = new Reconnecting(port);
    try {
      var id = "first-" + Long.toString(RUNS.incrementAndGet(), 36);
      return client.post("/api/accounts/" + account + "/orders", token, json(id, 0));
    } finally {
      client.close();
    }
  }

  /** Bought and sold in turn at the market: every order goes all the way to a fill. */
  private String json(String id, long number) {
    return "{\"clOrdId\":\"%s\",\"symbol\":\"%s\",\"side\":\"%s\",\"ordType\":\"MARKET\",\"orderQty\":1}"
        .formatted(id, symbol, number % 2 == 0 ? "BUY" : "SELL");
  }

  private static void sleepUntil(long due) {
    for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
      LockSupport.parkNanos(left);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  /** A connection that is made again after it broke; what broke it is status 0. */
  private static final class Reconnecting {
    private final int port;
    private @Nullable LoadClient client;

    Reconnecting(int port) {
      this.port = port;
    }

    int post(String path, String token, String json) {
      try {
        if (client == null) client = new LoadClient(port);
        return client.post(path, token, json);
      } catch (IOException e) {
        close();
        return 0;
      }
    }

    void close() {
      try {
        if (client != null) client.close();
      } catch (IOException _) {
        // it is gone either way
      }
      client = null;
    }
  }
}
