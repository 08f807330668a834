package io.tapeline.bridge.fanout.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.domain.Board;
import io.tapeline.bridge.fanout.kafka.TapeReader.From;
import io.tapeline.contract.Topics;
import io.tapeline.service.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Threads of their own for orders, accounts, market and bars, so that what happens to an order
 * never waits behind market data, and a quote never behind a bar. Nor does it behind the state of
 * accounts: a broker looks at every partition of a reader for every fetch, so what may wait is
 * asked for more seldom, by a reader of its own.
 */
@ApplicationScoped
class TapeReaders {
  /** Long enough to find a quote that is said again every ten seconds. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  /** Positions and accounts are told to clients ten times a second. */
  private static final Duration ACCOUNTS_GAP = Duration.ofMillis(20);

  private static final Duration NOTICES = Duration.ofDays(1);

  /** Older round trips are in history. */
  private static final Duration TRADES = Duration.ofDays(7);

  private final TapeHand hand;
  private final Fanout fanout;
  private final Board board;
  private final TapeReader market;
  private final TapeReader bars;
  private final TapeReader accounts;
  private final TapeReader orders;

  @Inject
  TapeReaders(TapeHand hand, Fanout fanout, KafkaClients kafka, MeterRegistry meters) {
    this.hand = hand;
    this.fanout = fanout;
    this.board = fanout.board();
    market =
        new TapeReader(
            "market",
            kafka,
            Map.of(
                Topics.INSTRUMENTS, new From.Beginning(),
                Topics.MARKET_STATUS, new From.Beginning(),
                Topics.QUOTES, new From.Ago(RECENT),
                Topics.DEPTH, new From.Ago(RECENT),
                Topics.MARKET_TRADES, new From.Ago(RECENT)),
            new OntoTheBoard());
    bars =
        new TapeReader(
            "bars",
            kafka,
            Map.of(Topics.BARS, new From.Ago(RECENT), Topics.FORMING_BARS, new From.Ago(RECENT)),
            new OntoTheBoard() {
              @Override
              public boolean isWanted() {
                return board.hasFollowedBars();
              }

              @Override
              public void silent(boolean silent) {
                // market and orders say so
              }
            });
    accounts =
        new TapeReader(
            "accounts",
            kafka,
            Map.of(
                Topics.POSITIONS, new From.Beginning(),
                Topics.ACCOUNTS, new From.Beginning(),
                Topics.TRADES, new From.Ago(TRADES)),
            new OntoTheBoard() {
              @Override
              public Duration gap() {
                return ACCOUNTS_GAP;
              }
            });
    orders =
        new TapeReader(
            "orders",
            kafka,
            Map.of(
                Topics.ORDER_EVENTS, new From.End(),
                Topics.ORDER_NOTICES, new From.Ago(NOTICES),
                Topics.POSITION_NOTICES, new From.Ago(NOTICES),
                Topics.MARKET_NOTICES, new From.Ago(NOTICES)),
            new OntoTheBoard() {
              @Override
              public void batchTaken() {
                fanout.urgent();
              }
            });
    meters.gauge("tapeline.bridge.lag", this, TapeReaders::lag);
    fanout.filledBy(() -> readers().stream().allMatch(TapeReader::isCaughtUp));
  }

  private List<TapeReader> readers() {
    return List.of(market, bars, accounts, orders);
  }

  private long lag() {
    return readers().stream().mapToLong(TapeReader::lag).sum();
  }

  private class OntoTheBoard implements TapeReader.Reaction {
    @Override
    public void take(ConsumerRecord<String, byte[]> tape) {
      hand.take(tape);
    }

    @Override
    public void batchTaken() {
      fanout.changed();
    }

    @Override
    public boolean isSeen() {
      return fanout.hasClients();
    }

    @Override
    public void silent(boolean silent) {
      fanout.tape(market.isSilent() || orders.isSilent());
    }
  }

  void start(@Observes StartupEvent started) {
    readers().forEach(TapeReader::start);
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    for (var reader : readers()) reader.stop();
  }
}
