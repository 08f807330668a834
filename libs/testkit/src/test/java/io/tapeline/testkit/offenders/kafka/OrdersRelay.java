package io.tapeline.testkit.offenders.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Called by somebody who must not, and makes its own clients. */
public final class OrdersRelay {
  private OrdersRelay() {}

  public static void send() {}

  static KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(Map.of());
  }

  static Admin admin() {
    return Admin.create(Map.of());
  }
}
