package io.tapeline.market.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.Json;
import io.tapeline.contract.Topics;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.market.app.Prints;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code market.trades.v1}, read by offsets of the reader's own keeping. */
@ApplicationScoped
public class KafkaPrints implements Prints {
  private static final Logger LOG = Logger.getLogger(KafkaPrints.class);

  private final KafkaClients kafka;
  private final Counter unreadable;

  @Inject
  public KafkaPrints(KafkaClients kafka, MeterRegistry meters) {
    this.kafka = kafka;
    unreadable = meters.counter("tapeline.bars.unreadable");
  }

  @Override
  public Reading from(Map<Integer, Long> next, int before) {
    var consumer =
        kafka.consumer(
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                2_000,
                // A trade may wait for others a moment: ten answers a second, not one for each.
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                64 * 1024,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                100));
    var partitions =
        consumer.partitionsFor(Topics.MARKET_TRADES).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var kept = consumer.beginningOffsets(partitions);
    for (var partition : partitions) {
      var offset = next.get(partition.partition());
      if (offset == null) continue;
      long first = kept.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(first, offset - before));
    }
    return new Open(consumer, partitions);
  }

  private @Nullable TradePrint read(ConsumerRecord<String, byte[]> each) {
    if (each.value() == null) return null;
    try {
      return Json.read(each.value(), TradePrint.class);
    } catch (UnreadableRecordException e) {
      unreadable.increment();
      LOG.warnf(
          "a trade at %d of partition %d: %s", each.offset(), each.partition(), e.getMessage());
      return null;
    }
  }

  private final class Open implements Reading {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    Open(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
      this.consumer = consumer;
      this.partitions = partitions;
    }

    @Override
    public List<Read> poll(Duration atMost) {
      var came = consumer.poll(atMost);
      var all = new ArrayList<Read>(came.count());
      for (var each : came) all.add(new Read(each.partition(), each.offset(), read(each)));
      return all;
    }

    @Override
    public Map<Integer, Long> ends() {
      var ends = new HashMap<Integer, Long>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
