package io.tapeline.bridge.fanout.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.service.Hop;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the fan-out did. */
@Singleton // asked for every frame: without a proxy between
class FanoutMeters {
  private static final double LONGEST_MILLIS = 60_000;

  private final Counter frames;
  private final Counter items;
  private final Counter bytes;
  private final Counter skipped;
  private final Operation flush;
  private final Operation wait;
  private final Map<Hop, Operation> told = new EnumMap<>(Hop.class);
  private final AtomicInteger clients = new AtomicInteger();

  @Inject
  FanoutMeters(MeterRegistry meters, Timing timing) {
    frames = meters.counter("tapeline.bridge.frames");
    items = meters.counter("tapeline.bridge.items");
    bytes = meters.counter("tapeline.bridge.frame.bytes");
    skipped = meters.counter("tapeline.bridge.skipped");
    flush =
        timing.declare(
            "flush", "20ms", "a pass over the clients of one event loop: what is due is sent");
    wait = Hop.TICK_BRIDGE.in(timing);
    for (var hop : Hop.values())
      if (Hop.ofBrowser(hop.label()).isPresent()) told.put(hop, hop.in(timing));
    meters.gauge("tapeline.bridge.clients", clients);
  }

  /** Shows every number from the first moment on, as zero. */
  void start(@Observes StartupEvent started) {}

  void sent(int itemsInFrame, int length) {
    frames.increment();
    items.increment(itemsInFrame);
    bytes.increment(length);
  }

  void skipped() {
    skipped.increment();
  }

  /** A quote went out after so many microseconds; below zero: there was none in the frame. */
  void waited(long micros) {
    if (micros >= 0) wait.took(TimeUnit.MICROSECONDS.toNanos(micros));
  }

  /** What a page says of itself; a time that no page has lived through is left out. */
  void timed(ClientMessage.Timed timed) {
    timed
        .millis()
        .forEach(
            (hop, millis) -> {
              var operation = told.get(hop);
              if (operation == null) return;
              for (double time : millis)
                if (time <= LONGEST_MILLIS) operation.took((long) (time * 1e6));
            });
  }

  Operation flush() {
    return flush;
  }

  void opened() {
    clients.incrementAndGet();
  }

  void closed() {
    clients.decrementAndGet();
  }
}
