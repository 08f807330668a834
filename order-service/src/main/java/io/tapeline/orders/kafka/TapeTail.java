package io.tapeline.orders.kafka;

import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.Tape.Mark;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/** Finds the last seq of each account on the tape, reading no more of it than it has to. */
@ApplicationScoped
class TapeTail {
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  /** The seq stands near the front of every record. */
  private static final int HEAD = 160;

  private final KafkaClients kafka;

  @Inject
  TapeTail(KafkaClients kafka) {
    this.kafka = kafka;
  }

  record Found(Map<AccountId, Long> seqs, long nextOffset) {}

  Found read(int partition, Map<AccountId, Mark> marks, Set<AccountId> accounts) {
    var topic = new TopicPartition(Topics.ORDER_EVENTS, partition);
    try (var consumer =
        kafka.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
      consumer.assign(List.of(topic));
      var end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
      var from = from(marks, accounts, end);
      var seqs = new HashMap<AccountId, Long>();
      if (from > 0) {
        for (var mark : marks.values()) seqs.put(mark.accountId(), mark.seq());
        consumer.seek(topic, from);
      } else {
        consumer.seekToBeginning(List.of(topic));
      }
      while (consumer.position(topic) < end) {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          if (message.value() != null)
            seqs.merge(new AccountId(message.key()), seq(message.value()), Math::max);
        }
      }
      return new Found(seqs, end);
    }
  }

  /** A mark beyond the end belongs to another tape: then everything is read. */
  private static long from(Map<AccountId, Mark> marks, Set<AccountId> accounts, long end) {
    var from = end;
    for (var account : accounts) {
      var mark = marks.get(account);
      if (mark == null || mark.nextOffset() > end) return 0;
      from = Math.min(from, mark.nextOffset());
    }
    return from;
  }

  private static long seq(byte[] body) {
    var head = new String(body, 0, Math.min(HEAD, body.length), StandardCharsets.UTF_8);
    var matcher = SEQ.matcher(head);
    // whoever wrote that, it is no line of a journal: readers park it and say so
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
