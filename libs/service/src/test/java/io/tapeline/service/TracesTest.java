package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tapeline.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String LINE =
      """
      {"accountId":"A","seq":7,"event":{"type":"OrderFilled","clOrdId":"mine"},\
      "order":{"parentClOrdId":"other","clOrdId":"mine"}}""";

  private final List<SpanData> told = new ArrayList<>();
  private final OrderSpans spans = new OrderSpans("order-service", new Kept());

  private final class Kept implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      told.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  @Test
  void whatHappensToAnOrderIsOneTraceAcrossServicesWithoutCarryingAnything() {
    var bridge = new Traces(spans);
    var orders = new Traces(new OrderSpans("order-service", new Kept()));

    bridge.took("click", "A", "mine", 3_000_000);
    orders.began("journal", "A", "mine", 2_000_000);
    read(written(LINE), System.currentTimeMillis() - 5);

    assertThat(told)
        .extracting(SpanData::getName)
        .containsExactly("click", "journal", "read orders.events.v1");
    assertThat(told).extracting(SpanData::getTraceId).containsOnly(told.getFirst().getTraceId());
    var first = told.get(1);
    assertThat(first.getParentSpanContext().isValid()).isFalse();
    assertThat(List.of(told.get(0), told.get(2)))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(first.getSpanId());
    assertThat(told.get(2).getEndEpochNanos() - told.get(2).getStartEpochNanos())
        .isGreaterThanOrEqualTo(5_000_000);
  }

  @Test
  void anotherOrderAnotherAccountAnotherTrace() {
    var traces = new Traces(spans);
    traces.took("click", "A", "mine", 1);
    traces.took("click", "A", "yours", 1);
    traces.took("click", "B", "mine", 1);
    assertThat(told).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
  }

  @Test
  void whatConcernsNoOrderIsNotStampedAndHistoryIsNotNews() {
    assertThat(written("{\"accountId\":\"A\",\"event\":{\"type\":\"FlattenStarted\"}}")).isEmpty();
    var quote = new ProducerRecord<>(Topics.QUOTES, "ESH4", bytes("{\"clOrdId\":\"mine\"}"));
    assertThat(new TraceStamp().onSend(quote).headers()).isEmpty();
    read(written(LINE), System.currentTimeMillis() - 3_600_000);
    assertThat(told).isEmpty();
  }

  @Test
  void withoutACollectorClientsOfKafkaHaveNothingMore() {
    var settings = new HashMap<String, Object>();
    var off = new Traces(null);
    off.ofReader(settings);
    off.ofWriter(settings);
    off.took("click", "A", "mine", 1);
    assertThat(off.isOn()).isFalse();
    assertThat(settings).isEmpty();
    new Traces(spans).ofWriter(settings);
    assertThat(settings).containsEntry("interceptor.classes", TraceStamp.class.getName());
  }

  private static Headers written(String line) {
    var message = new ProducerRecord<>(Topics.ORDER_EVENTS, "A", bytes(line));
    return new TraceStamp().onSend(message).headers();
  }

  private void read(Headers headers, long writtenAt) {
    var reader = new TraceRead();
    reader.configure(Map.of(Traces.SPANS, spans));
    var message =
        new ConsumerRecord<>(
            Topics.ORDER_EVENTS,
            3,
            0L,
            writtenAt,
            TimestampType.CREATE_TIME,
            1,
            1,
            "A",
            bytes(LINE),
            headers,
            Optional.empty());
    var _ =
        reader.onConsume(
            new ConsumerRecords<>(
                Map.of(new TopicPartition(Topics.ORDER_EVENTS, 3), List.of(message)), Map.of()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
