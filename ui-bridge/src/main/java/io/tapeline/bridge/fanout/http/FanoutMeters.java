package io.tapeline.bridge.fanout.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** What the fan-out did. */
@ApplicationScoped
class FanoutMeters {
  private final Counter frames;
  private final Counter items;
  private final Counter bytes;
  private final Counter skipped;
  private final Operation flush;
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
