package io.tapeline.positions.kafka;

import io.tapeline.contract.Json;
import io.tapeline.contract.QuoteRow;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.contract.Topics;
import io.tapeline.contract.TradePrint;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.contract.VenueReport;
import io.tapeline.contract.VenueReportRecord;
import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.app.TapeHistory;
import io.tapeline.positions.domain.Quote;
import io.tapeline.service.AccountPartition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/** {@code orders.events.v1} is kept for ever: an account's journal can always be read again. */
@ApplicationScoped
class TapeArchive implements TapeHistory {
  private static final Logger LOG = Logger.getLogger(TapeArchive.class);
  private static final Duration WAIT = Duration.ofMillis(200);

  /** Every quote is said again within ten seconds; so many of a partition are sure to hold it. */
  private static final long MOST_BACK = 20_000;

  private final TapeClients kafka;

  @Inject
  TapeArchive(TapeClients kafka) {
    this.kafka = kafka;
  }

  @Override
  public Span readPieces(AccountId accountId, long fromOffset, Predicate<List<Kept>> reader) {
    return pieces(
        Topics.ORDER_EVENTS,
        accountId,
        fromOffset,
        piece -> reader.test(piece.stream().map(TapeArchive::kept).toList()));
  }

  @Override
  public Optional<Quote> quoteAt(Symbol symbol, Instant at) {
    try (var consumer = kafka.loner()) {
      return lastBefore(consumer, Topics.QUOTES, symbol, at)
          .map(found -> Json.read(found.value(), QuoteRow.class))
          .map(
              row ->
                  new Quote(
                      symbol, row.bidPx(), row.askPx(), row.lastPx(), row.at(), row.venueTime()))
          .or(
              () ->
                  lastBefore(consumer, Topics.MARKET_TRADES, symbol, at)
                      .map(found -> Json.read(found.value(), TradePrint.class))
                      .map(
                          print ->
                              new Quote(
                                  symbol, null, null, print.px(), print.at(), print.venueTime())));
    } catch (UnreadableRecordException e) {
      LOG.debugf("no price of %s: %s", symbol, e.getMessage());
      return Optional.empty();
    }
  }

  /** The contract's last record before an instant, if it is among the last few before that. */
  private static Optional<ConsumerRecord<String, byte[]>> lastBefore(
      KafkaConsumer<String, byte[]> consumer, String topic, Symbol symbol, Instant at) {
    var key = symbol.value();
    var partition = partition(consumer, topic, symbol);
    // records of that very millisecond included
    var after = consumer.offsetsForTimes(Map.of(partition, at.toEpochMilli() + 1)).get(partition);
    long end =
        after == null
            ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L)
            : after.offset();
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.assign(List.of(partition));
    consumer.seek(partition, Math.max(begin, end - MOST_BACK));
    Optional<ConsumerRecord<String, byte[]>> last = Optional.empty();
    while (consumer.position(partition) < end)
      for (var kafkaRecord : consumer.poll(WAIT))
        if (kafkaRecord.offset() < end
            && key.equals(kafkaRecord.key())
            && kafkaRecord.value() != null) last = Optional.of(kafkaRecord);
    return last;
  }

  /** As the gateway's producer chooses it. */
  private static TopicPartition partition(
      KafkaConsumer<String, byte[]> consumer, String topic, Symbol symbol) {
    int count = consumer.partitionsFor(topic).size();
    var key = symbol.value().getBytes(StandardCharsets.UTF_8);
    return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % count);
  }

  @Override
  public Optional<Raw> lastBefore(String topic, Symbol symbol, Instant at) {
    try (var consumer = kafka.loner()) {
      return lastBefore(consumer, topic, symbol, at).map(TapeArchive::raw);
    }
  }

  @Override
  public Optional<Raw> firstAfter(String topic, Symbol symbol, Instant at) {
    // times of the tape are whole milliseconds: what was written in that one may have been before
    return from(topic, symbol, at.plusMillis(1), Instant.MAX, 1).stream().findFirst();
  }

  @Override
  public List<Raw> between(String topic, Symbol symbol, Instant from, Instant to, int most) {
    return from(topic, symbol, from, to, most);
  }

  private List<Raw> from(String topic, Symbol symbol, Instant from, Instant to, int most) {
    var found = new ArrayList<Raw>();
    try (var consumer = kafka.loner()) {
      var partition = partition(consumer, topic, symbol);
      var first = consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli())).get(partition);
      if (first == null) return found;
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      consumer.assign(List.of(partition));
      consumer.seek(partition, first.offset());
      while (consumer.position(partition) < end)
        for (var kafkaRecord : consumer.poll(WAIT)) {
          if (Instant.ofEpochMilli(kafkaRecord.timestamp()).isAfter(to)) return found;
          if (!symbol.value().equals(kafkaRecord.key()) || kafkaRecord.value() == null) continue;
          found.add(raw(kafkaRecord));
          if (found.size() == most) return found;
        }
    }
    return found;
  }

  @Override
  public void raw(String topic, AccountId accountId, Consumer<Raw> reader) {
    pieces(
        topic,
        accountId,
        0,
        piece -> {
          for (var kafkaRecord : piece)
            if (kafkaRecord.value() != null) reader.accept(raw(kafkaRecord));
          return true;
        });
  }

  private static Raw raw(ConsumerRecord<String, byte[]> kafkaRecord) {
    return new Raw(
        kafkaRecord.topic(),
        kafkaRecord.partition(),
        kafkaRecord.offset(),
        Instant.ofEpochMilli(kafkaRecord.timestamp()),
        new String(kafkaRecord.value(), StandardCharsets.UTF_8));
  }

  private static Kept kept(ConsumerRecord<String, byte[]> kafkaRecord) {
    return new Kept(
        OrderEvents.read(kafkaRecord),
        kafkaRecord.value() == null
            ? null
            : new String(kafkaRecord.value(), StandardCharsets.UTF_8));
  }

  @Override
  public void reportedExecutions(AccountId accountId, Consumer<String> reader) {
    each(
        Topics.VENUE_REPORTS,
        accountId,
        VenueReportRecord.class,
        told -> {
          if (told.report() instanceof VenueReport.Filled filled) reader.accept(filled.execId());
        });
  }

  @Override
  public void riskEvents(AccountId accountId, Consumer<RiskEventRecord> reader) {
    each(Topics.RISK_EVENTS, accountId, RiskEventRecord.class, reader);
  }

  @Override
  public void roundTrips(AccountId accountId, Consumer<RoundTripRow> reader) {
    each(Topics.TRADES, accountId, RoundTripRow.class, reader);
  }

  private <T> void each(String topic, AccountId accountId, Class<T> type, Consumer<T> reader) {
    pieces(
        topic,
        accountId,
        0,
        piece -> {
          for (var kafkaRecord : piece) {
            if (kafkaRecord.value() == null) continue;
            try {
              reader.accept(Json.read(kafkaRecord.value(), type));
            } catch (UnreadableRecordException e) {
              // who consumes it parks it and says so; nothing can be read from it here
              LOG.debugf("a record of %s that cannot be read: %s", topic, e.getMessage());
            }
          }
          return true;
        });
  }

  private Span pieces(
      String topic,
      AccountId accountId,
      long fromOffset,
      Predicate<List<ConsumerRecord<String, byte[]>>> reader) {
    var partition = new TopicPartition(topic, AccountPartition.of(accountId.value()));
    try (var consumer = kafka.loner()) {
      consumer.assign(List.of(partition));
      var first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
      var from = Math.max(first, fromOffset);
      consumer.seek(partition, from);
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        var piece = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var kafkaRecord : consumer.poll(WAIT))
          if (accountId.value().equals(kafkaRecord.key())) piece.add(kafkaRecord);
        if (!piece.isEmpty() && !reader.test(piece)) break;
      }
      return new Span(partition.partition(), from, consumer.position(partition));
    }
  }
}
