package io.tapeline.orders.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.OrderEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of decisions and commits. */
@ApplicationScoped
public class OrderMetrics {
  private final MeterRegistry registry;
  private final Timer decide;
  private final Timer commit;
  private final Timer relay;
  private final DistributionSummary batch;
  private final Map<String, Counter> events = new ConcurrentHashMap<>();
  private final Map<DenialReason, Counter> denials = new ConcurrentHashMap<>();

  @Inject
  OrderMetrics(MeterRegistry registry) {
    this.registry = registry;
    decide = registry.timer("orders.decide");
    commit = registry.timer("orders.commit");
    relay = registry.timer("orders.relay");
    batch = registry.summary("orders.batch.commands");
  }

  Timer decide() {
    return decide;
  }

  Timer commit() {
    return commit;
  }

  /** From the commit of a line until Kafka has it. */
  public Timer relay() {
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
