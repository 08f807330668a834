package io.tapeline.orders.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.service.Hop;
import io.tapeline.service.Traces;
import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of decisions and commits. */
@ApplicationScoped
public class OrderMetrics {
  private final MeterRegistry registry;
  private final Traces traces;
  private final Operation decide;
  private final Operation append;
  private final Operation relay;
  private final Operation decideHop;
  private final Operation commitHop;
  private final Operation relayHop;
  private final Operation reportHop;
  private final DistributionSummary batch;
  private final Counter parked;
  private final Map<String, Counter> events = new ConcurrentHashMap<>();
  private final Map<DenialReason, Counter> denials = new ConcurrentHashMap<>();

  @Inject
  OrderMetrics(MeterRegistry registry, Timing timing, Traces traces) {
    this.registry = registry;
    this.traces = traces;
    decide = timing.declare("decide", "10ms", "a batch of commands and reports decided in memory");
    append = timing.declare("append", "100ms", "what was decided written to the journal");
    relay = timing.declare("relay", "250ms", "from the commit of a line until Kafka has it");
    decideHop = Hop.CLICK_DECIDE.in(timing);
    commitHop = Hop.CLICK_COMMIT.in(timing);
    relayHop = Hop.CLICK_RELAY.in(timing);
    reportHop = Hop.CLICK_REPORT.in(timing);
    batch = registry.summary("orders.batch.commands");
    parked = registry.counter("orders.reports.parked");
    // there as zero before they grow: from nothing to one would be no increase
    for (var reason : DenialReason.values()) denials(reason);
  }

  Operation decide() {
    return decide;
  }

  Operation append() {
    return append;
  }

  /** What a batch with a new order took. */
  void placed(long decideNanos, long commitNanos) {
    decideHop.took(decideNanos);
    commitHop.took(commitNanos);
  }

  /** A line of that account was committed so long before Kafka had it. */
  public void relayed(long nanos, AccountId account) {
    relay.took(nanos, "account", account);
    relayHop.took(nanos);
  }

  /** The venue's answer to a new order is in the journal. */
  public void confirmed(Instant toldAt, Instant bookedAt) {
    Hop.took(reportHop, toldAt, bookedAt);
  }

  void batch(int commands) {
    batch.record(commands);
  }

  /** What a commit wrote, as parts of its orders' ways; the order itself is where they begin. */
  void journaled(AccountId account, List<Recorded> lines, long nanos) {
    if (!traces.isOn()) return;
    for (var line : lines) {
      var name = "journal " + line.event().getClass().getSimpleName();
      if (line.event() instanceof OrderEvent.OrderSubmitted order)
        traces.began(name, account.value(), order.clOrdId().value(), nanos);
      else if (line.event() instanceof OrderEvent.OfOrder order)
        traces.took(name, account.value(), order.clOrdId().value(), nanos);
    }
  }

  void event(OrderEvent event) {
    events
        .computeIfAbsent(
            event.getClass().getSimpleName(),
            type -> registry.counter("orders.events", "type", type))
        .increment();
  }

  void denial(DenialReason reason) {
    denials(reason).increment();
  }

  private Counter denials(DenialReason reason) {
    return denials.computeIfAbsent(
        reason, r -> registry.counter("orders.denials", "reason", r.name()));
  }

  /** A record that could not be booked and was parked. */
  public void parked() {
    parked.increment();
  }
}
