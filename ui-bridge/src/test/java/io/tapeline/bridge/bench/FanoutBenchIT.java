package io.tapeline.bridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many clients' updates a processor second of the bridge delivers, how old they are on arrival,
 * and what stalled and idle clients cost. The bridge is a process of its own, its input real Kafka,
 * its clients signed in. By hand only: {@code ./tapeline bench fan-out}.
 */
@EnabledIfSystemProperty(named = "tapeline.bench.fanout", matches = "true")
class FanoutBenchIT {
  private static final int SECONDS = Integer.getInteger("tapeline.bench.seconds", 10);
  private static final int WARM_UP = Integer.getInteger("tapeline.bench.warmup", 45);

  private BridgeProcess bridge;
  private Audience audience;
  private Audience.Door door;

  @Test
  void theFanOutIsMeasured() throws Exception {
    var stack = TestStack.shared();
    try (var feed = new QuoteFeed(stack.bootstrapServers());
        var started = BridgeProcess.start(stack);
        var listening = new Audience()) {
      bridge = started;
      audience = listening;
      door = started.door(started.apiToken());
      System.out.printf(
          "%-44s %9s %9s %7s %7s %7s %9s %9s %9s%n",
          "",
          "keys/s",
          "keys/cpu-s",
          "p50 ms",
          "p99 ms",
          "cpu",
          "frames/s",
          "alloc B",
          "order p50/p99");
      delivered(feed, "warming up", 200, 100, 50, 2_000, WARM_UP);
      delivered(feed, "200 clients x 100 keys, 2,000/s, 50 ms", 200, 100, 50, 2_000, 3);
      delivered(feed, "200 clients x 100 keys, 4,000/s, 50 ms", 200, 100, 50, 4_000, 3);
      delivered(feed, "200 clients x 100 keys, 2,000/s, 20 ms", 200, 100, 20, 2_000, 3);
      delivered(feed, "150 clients x 100 keys, 2,000/s, 20 ms", 150, 100, 20, 2_000, 3);
      delivered(feed, "150 clients x 100 keys, 2,000/s, 50 ms", 150, 100, 50, 2_000, 3);
      delivered(feed, "1,000 clients x 20 keys, 2,000/s, 50 ms", 1_000, 20, 50, 2_000, 5);
      inBoth(feed, started.binaryDoor(started.apiToken()));
      beside(Peer.Kind.NATS);
      beside(Peer.Kind.NCHAN);
      idle(feed);
      stalled(feed, 40, 200);
      stalled(feed, 160, 200);
      storm(feed);
    }
  }

  private void delivered(
      QuoteFeed feed, String what, int clients, int keys, int window, int rate, int warmUp)
      throws IOException, InterruptedException {
    feed.rate(rate);
    // One in ten follows an account as well.
    IntFunction<String> says =
        i ->
            QuoteFeed.subscribe(i * keys, keys, window, i % 10 == 0 ? ",\"notices:PRACTICE\"" : "");
    var members = audience.join(door, clients, true, says);
    TimeUnit.SECONDS.sleep(warmUp);
    measure(what);
    audience.part(members);
    feed.rate(0);
    TimeUnit.SECONDS.sleep(1);
  }

  /** Quotes with all their fields, in JSON and in binary. */
  private void inBoth(QuoteFeed feed, Audience.Door binary)
      throws IOException, InterruptedException {
    feed.whole(true);
    delivered(feed, "whole quotes: 200 x 100, 2,000/s, 50 ms", 200, 100, 50, 2_000, 3);
    System.out.printf("%.1f bytes a key%n", audience.bytes() / (double) audience.items());
    var inJson = door;
    door = binary;
    delivered(feed, "the same in binary", 200, 100, 50, 2_000, 5);
    System.out.printf("%.1f bytes a key%n", audience.bytes() / (double) audience.items());
    door = inJson;
    feed.whole(false);
  }

  /** The same load through a server of another make, where one is installed. */
  private void beside(Peer.Kind kind) throws IOException, InterruptedException {
    var executable = kind.found();
    if (executable.isEmpty()) {
      System.out.println(kind + " is not installed");
      return;
    }
    for (int rate : new int[] {500, 2_000}) through(kind, executable.orElseThrow(), rate, 1, 200);
    through(kind, executable.orElseThrow(), 2_000, 5, 200);
  }

  private void through(Peer.Kind kind, Path executable, int rate, int channels, int clients)
      throws IOException, InterruptedException {
    try (var peer = new Peer(kind, executable)) {
      var members = new ArrayList<Audience.Member>();
      for (int channel = 0; channel < channels; channel++) {
        var greeting = peer.greeting(channel);
        members.addAll(audience.join(peer.door(channel), clients, true, _ -> greeting));
      }
      var publishing = new AtomicBoolean(true);
      var publisher =
          Thread.ofPlatform().daemon().start(() -> publish(peer, rate, channels, publishing));
      TimeUnit.SECONDS.sleep(3);
      double cpu = peer.cpuSeconds();
      audience.measure(true);
      TimeUnit.SECONDS.sleep(SECONDS);
      audience.measure(false);
      double used = peer.cpuSeconds() - cpu;
      publishing.set(false);
      publisher.join();
      audience.part(members);
      System.out.printf(
          "%-44s %,9.0f %,9.0f %7.1f %7.1f %6.0f%% %,9.0f%n",
          "%s: %,d clients x %d keys, %,d/s"
              .formatted(kind, members.size(), QuoteFeed.KEYS / channels, rate),
          audience.items() / (double) SECONDS,
          audience.items() / used,
          audience.latency(.5),
          audience.latency(.99),
          100 * used / SECONDS,
          audience.frames() / (double) SECONDS);
    }
  }

  private static void publish(Peer peer, int rate, int channels, AtomicBoolean publishing) {
    long next = System.nanoTime();
    try {
      for (int i = 0; publishing.get(); i++) {
        next += TimeUnit.SECONDS.toNanos(1) / rate;
        long wait = next - System.nanoTime();
        if (wait > 200_000) LockSupport.parkNanos(wait);
        var quote = QuoteFeed.quote(i);
        peer.publish(
            i % QuoteFeed.KEYS * channels / QuoteFeed.KEYS,
            "{\"ch\":\"quote:%s\",\"v\":%d,\"n\":1,\"age\":0,\"data\":%s}"
                .formatted(QuoteFeed.symbol(i), i, quote));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void measure(String what) throws IOException, InterruptedException {
    double allocated = bridge.allocated();
    double cpu = bridge.cpuSeconds();
    long from = System.nanoTime();
    audience.measure(true);
    TimeUnit.SECONDS.sleep(SECONDS);
    audience.measure(false);
    double seconds = (System.nanoTime() - from) / 1e9;
    double used = bridge.cpuSeconds() - cpu;
    long items = audience.items();
    System.out.printf(
        "%-44s %,9.0f %,9.0f %7.1f %7.1f %6.0f%% %,9.0f %9.0f %6.1f %6.1f%n",
        what,
        items / seconds,
        items / used,
        audience.latency(.5),
        audience.latency(.99),
        100 * used / seconds,
        audience.frames() / seconds,
        (bridge.allocated() - allocated) / Math.max(1, items),
        audience.urgentLatency(.5),
        audience.urgentLatency(.99));
  }

  private void idle(QuoteFeed feed) throws IOException, InterruptedException {
    feed.rate(0);
    bridge.heap();
    long heap = bridge.heap();
    long resident = bridge.resident();
    var members = audience.join(door, 1_000, true, i -> QuoteFeed.subscribe(i, 1, 50, ""));
    TimeUnit.SECONDS.sleep(3);
    System.out.printf(
        "1,000 idle connections: %.1f KB of heap and %.1f KB resident each%n",
        (bridge.heap() - heap) / 1e6, (bridge.resident() - resident) / 1e6);
    double cpu = bridge.cpuSeconds();
    TimeUnit.SECONDS.sleep(5);
    System.out.printf("and %.1f %% of a core%n", (bridge.cpuSeconds() - cpu) / 5 * 100);
    audience.part(members);
    TimeUnit.SECONDS.sleep(1);
  }

  private void stalled(QuoteFeed feed, int count, int of) throws IOException, InterruptedException {
    // With all keys at 4,000/s of 200 bytes each is offered 0.8 MB a second.
    feed.rate(4_000);
    var healthy =
        audience.join(door, of - count, true, i -> QuoteFeed.subscribe(0, QuoteFeed.KEYS, 20, ""));
    TimeUnit.SECONDS.sleep(2);
    measure((of - count) + " healthy alone, 4,000/s, 20 ms");
    long heap = bridge.heap();
    var sleepers =
        audience.join(door, count, false, i -> QuoteFeed.subscribe(0, QuoteFeed.KEYS, 20, ""));
    measure("beside " + count + " stalled ones");
    System.out.printf("heap: %+.1f KB per stalled client%n", (bridge.heap() - heap) / 1e3 / count);
    audience.wake(sleepers);
    for (int i = 0; i < 100 && sleepers.stream().anyMatch(one -> Double.isNaN(one.freshAfter)); i++)
      TimeUnit.MILLISECONDS.sleep(100);
    assertThat(sleepers.stream().filter(member -> member.live)).hasSize(count);
    System.out.printf(
        "woken: with the first frame written since, read after %.0f to %.0f ms, the oldest quote of any was %.0f ms old when it was written%n",
        sleepers.stream().mapToDouble(member -> member.freshAfter).min().orElse(Double.NaN),
        sleepers.stream().mapToDouble(member -> member.freshAfter).max().orElse(Double.NaN),
        sleepers.stream().mapToDouble(member -> member.oldest).max().orElse(Double.NaN));
    audience.part(healthy);
    audience.part(sleepers);
    feed.rate(0);
    TimeUnit.SECONDS.sleep(1);
  }

  private void storm(QuoteFeed feed) throws IOException, InterruptedException {
    feed.rate(2_000);
    var healthy =
        audience.join(door, 50, true, i -> QuoteFeed.subscribe(0, QuoteFeed.KEYS, 50, ""));
    TimeUnit.SECONDS.sleep(1);
    long from = System.nanoTime();
    audience.measure(true);
    var members = audience.join(door, 1_000, true, i -> QuoteFeed.subscribe(i * 20, 20, 50, ""));
    double joined = (System.nanoTime() - from) / 1e9;
    while (!members.stream().allMatch(member -> member.live) && System.nanoTime() - from < 30e9)
      TimeUnit.MILLISECONDS.sleep(10);
    audience.measure(false);
    System.out.printf(
        "1,000 connections made in %.1f s: all live after %.1f s, p99 of all meanwhile %.0f ms%n",
        joined, (System.nanoTime() - from) / 1e9, audience.latency(.99));
    audience.part(members);
    audience.part(healthy);
  }
}
