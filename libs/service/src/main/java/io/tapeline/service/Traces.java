package io.tapeline.service;

import io.opentelemetry.api.trace.SpanKind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of an order went, as spans of one trace, told to the collector that {@code
 * tapeline.traces} names; without it nothing is done and nothing is loaded.
 *
 * <p>The trace of an order follows from its account and id. So nobody carries it through journal,
 * venue or a crash, and what a relay publishes late belongs to it all the same.
 */
@ApplicationScoped
public class Traces {
  /** Under this an interceptor finds where it tells its spans. */
  static final String SPANS = "tapeline.spans";

  private final @Nullable OrderSpans spans;

  @Inject
  Traces(TapelineConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
    this(config.traces().map(collector -> OrderSpans.to(collector, service)).orElse(null));
  }

  /** Null: off. */
  Traces(@Nullable OrderSpans spans) {
    this.spans = spans;
  }

  /** Where nobody asks. */
  public static Traces off() {
    return new Traces(null);
  }

  /** The order that a body or record is about: the first that it names; null: none. */
  public static @Nullable String orderIn(byte[] json) {
    return TraceStamp.clOrdId(json);
  }

  public boolean isOn() {
    return spans != null;
  }

  /** A part of an order's way that ended just now, and took so long. */
  public void took(String name, String account, String clOrdId, long nanos) {
    if (spans != null) spans.took(name, SpanKind.INTERNAL, account, clOrdId, nanos);
  }

  /** The beginning of an order's way: what the rest of it hangs on. */
  public void began(String name, String account, String clOrdId, long nanos) {
    if (spans != null) spans.began(name, account, clOrdId, nanos);
  }

  /** What is written says to which trace it belongs. */
  void ofWriter(Map<String, Object> settings) {
    of(settings, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, TraceStamp.class);
  }

  /** What is read says how long it was on its way. */
  void ofReader(Map<String, Object> settings) {
    of(settings, ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, TraceRead.class);
  }

  private void of(Map<String, Object> settings, String which, Class<?> interceptor) {
    if (spans == null) return;
    settings.put(which, interceptor.getName());
    settings.put(SPANS, spans);
  }

  @PreDestroy
  void stop() {
    if (spans != null) spans.close();
  }
}
