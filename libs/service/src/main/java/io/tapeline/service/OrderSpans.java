package io.tapeline.service;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Spans of orders, each in the trace of its order. Bounded: what is too much is dropped. */
final class OrderSpans implements AutoCloseable {
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);

  /** The trace of an order and the span that its parts hang on, in hex. */
  record Trace(String id, String root) {
    static Trace of(String account, String clOrdId) {
      try {
        var hash =
            MessageDigest.getInstance("SHA-256")
                .digest((account + '|' + clOrdId).getBytes(StandardCharsets.UTF_8));
        var hex = HexFormat.of();
        return new Trace(hex.formatHex(hash, 0, 16), hex.formatHex(hash, 16, 24));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JVM has SHA-256", e);
      }
    }

    /** As W3C writes it. */
    String parent() {
      return "00-" + id + "-" + root + "-01";
    }

    /** Null: that is none of ours. */
    static @Nullable Trace ofParent(String parent) {
      var parts = parent.split("-", -1);
      return parts.length == 4 && parts[1].length() == 32 && parts[2].length() == 16
          ? new Trace(parts[1], parts[2])
          : null;
    }

    Context context() {
      var remote =
          SpanContext.createFromRemoteParent(
              id, root, TraceFlags.getSampled(), TraceState.getDefault());
      return Context.root().with(Span.wrap(remote));
    }
  }

  /** The first span of an order has the ids that follow from the order; others have random ones. */
  private static final class Ids implements IdGenerator {
    private static final ThreadLocal<@Nullable Trace> FIRST = new ThreadLocal<>();

    @Override
    public String generateSpanId() {
      var trace = FIRST.get();
      return trace == null ? IdGenerator.random().generateSpanId() : trace.root();
    }

    @Override
    public String generateTraceId() {
      var trace = FIRST.get();
      return trace == null ? IdGenerator.random().generateTraceId() : trace.id();
    }
  }

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  OrderSpans(String service, SpanProcessor processor) {
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
            .setIdGenerator(new Ids())
            .addSpanProcessor(processor)
            .build();
    tracer = provider.get("io.tapeline");
  }

  /**
   * Tells them to a collector that speaks OTLP over HTTP.
   *
   * @param collector such as {@code http://127.0.0.1:4318}
   */
  static OrderSpans to(URI collector, String service) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.resolve("/v1/traces").toString())
            .build();
    return new OrderSpans(
        service, BatchSpanProcessor.builder(exporter).setScheduleDelay(TELL_EVERY).build());
  }

  void took(String name, SpanKind kind, String account, String clOrdId, long nanos) {
    var context = Trace.of(account, clOrdId).context();
    end(name, kind, context, account, clOrdId, nanos);
  }

  /** In the trace that a record names. */
  void took(String name, SpanKind kind, Trace trace, String account, long nanos) {
    end(name, kind, trace.context(), account, null, nanos);
  }

  void began(String name, String account, String clOrdId, long nanos) {
    Ids.FIRST.set(Trace.of(account, clOrdId));
    try {
      end(name, SpanKind.SERVER, Context.root(), account, clOrdId, nanos);
    } finally {
      Ids.FIRST.remove();
    }
  }

  private void end(
      String name,
      SpanKind kind,
      Context in,
      String account,
      @Nullable String clOrdId,
      long nanos) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    var span =
        tracer
            .spanBuilder(name)
            .setParent(in)
            .setSpanKind(kind)
            .setStartTimestamp(now - nanos, TimeUnit.NANOSECONDS)
            .setAttribute("account", account);
    if (clOrdId != null) span.setAttribute("clOrdId", clOrdId);
    span.startSpan().end(now, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    provider.close();
  }
}
