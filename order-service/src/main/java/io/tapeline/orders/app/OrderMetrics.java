package io.tapeline.orders.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of decisions and commits. */
@ApplicationScoped
public class OrderMetrics {
  private final MeterRegistry registry;
  private final Operation decide;
  private final Operation append;
  private final Operation relay;
  private final DistributionSummary batch;
  private final Map<String, Counter> events = new ConcurrentHashMap<>();
  private final Map<DenialReason, Counter> denials = new ConcurrentHashMap<>();

  @Inject
  OrderMetrics(MeterRegistry registry, Timing timing) {
    this.registry = registry;
    decide = timing.declare("decide", "10ms", "a batch of commands and reports decided in memory");
    append = timing.declare("append", "100ms", "what was decided written to the journal");
    relay = timing.declare("relay", "250ms", "from the commit of a line until Kafka has it");
    batch = registry.summary("orders.batch.commands");
  }

  Operation decide() {
    return decide;
  }

  Operation append() {
    return append;
  }

  /** From the commit of a line until Kafka has it. */
  public Operation relay() {
    return relay;
  }

  void batch(int commands) {
    batch.record(commands);
  }

  void event(OrderEvent event) {
    events
        .computeIfAbsent(
            event.getClass().getSimpleName(),
            type -> registry.counter("orders.events", "type", type))
        .increment();
  }

  void denial(DenialReason reason) {
    denials
        .computeIfAbsent(reason, r -> registry.counter("orders.denials", "reason", r.name()))
        .increment();
  }

  /** A record that could not be booked and was parked. */
  public void parked() {
    registry.counter("orders.reports.parked").increment();
  }
}
