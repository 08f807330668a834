package io.tapeline.service;

import io.opentelemetry.api.trace.SpanKind;
import io.tapeline.service.OrderSpans.Trace;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A span for the time from when a record about an order was written until it was read. */
public final class TraceRead implements ConsumerInterceptor<String, byte[]> {
  /** What is older is history that somebody reads again. */
  private static final long NEWS_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private @Nullable OrderSpans spans;

  @Override
  public void configure(Map<String, ?> settings) {
    spans = settings.get(Traces.SPANS) instanceof OrderSpans given ? given : null;
  }

  @Override
  public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> messages) {
    for (var message : messages) if (TraceStamp.OF_ORDERS.contains(message.topic())) read(message);
    return messages;
  }

  private void read(ConsumerRecord<String, byte[]> message) {
    var header = message.headers().lastHeader(TraceStamp.HEADER);
    long age = Math.max(0, System.currentTimeMillis() - message.timestamp());
    if (spans == null || header == null || age > NEWS_MILLIS) return;
    var trace = Trace.ofParent(new String(header.value(), StandardCharsets.US_ASCII));
    if (trace == null) return;
    spans.took(
        "read " + message.topic(),
        SpanKind.CONSUMER,
        trace,
        message.key(),
        TimeUnit.MILLISECONDS.toNanos(age));
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
