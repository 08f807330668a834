package io.tapeline.service;

import io.tapeline.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Every record that concerns an order names the order's trace, as W3C writes it. */
public final class TraceStamp implements ProducerInterceptor<String, byte[]> {
  static final String HEADER = "traceparent";
  static final Set<String> OF_ORDERS = Set.of(Topics.ORDER_EVENTS, Topics.VENUE_REPORTS);
  private static final String CL_ORD_ID = "\"clOrdId\":\"";

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> message) {
    if (!OF_ORDERS.contains(message.topic()) || message.value() == null) return message;
    var clOrdId = clOrdId(message.value());
    if (clOrdId != null) {
      var parent = OrderSpans.Trace.of(message.key(), clOrdId).parent();
      message.headers().add(HEADER, parent.getBytes(StandardCharsets.US_ASCII));
    }
    return message;
  }

  /** The order that a record is about: the first that it names; null: none. */
  static @Nullable String clOrdId(byte[] json) {
    var text = new String(json, StandardCharsets.UTF_8);
    int at = text.indexOf(CL_ORD_ID);
    if (at < 0) return null;
    int from = at + CL_ORD_ID.length();
    return text.substring(from, text.indexOf('"', from));
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

  @Override
  public void close() {}
}
