package io.tapeline.bridge.fanout.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.kafka.TapeReader.From;
import io.tapeline.contract.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Two threads, so that what happens to an account never waits behind market data. */
@ApplicationScoped
class TapeReaders {
  /** Long enough to find a quote that is said again every ten seconds. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  private static final Duration NOTICES = Duration.ofDays(1);

  private final TapeReader market;
  private final TapeReader accounts;

  @Inject
  TapeReaders(
      TapeHand hand,
      Fanout fanout,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    market =
        new TapeReader(
            "market",
            bootstrapServers,
            Map.of(
                Topics.INSTRUMENTS, new From.Beginning(),
                Topics.MARKET_STATUS, new From.Beginning(),
                Topics.QUOTES, new From.Ago(RECENT),
                Topics.DEPTH, new From.Ago(RECENT),
                Topics.MARKET_TRADES, new From.Ago(RECENT)),
            hand::take,
            fanout::changed);
    accounts =
        new TapeReader(
            "accounts",
            bootstrapServers,
            Map.of(
                Topics.ORDER_EVENTS, new From.End(),
                Topics.POSITIONS, new From.Beginning(),
                Topics.ACCOUNTS, new From.Beginning(),
                Topics.ORDER_NOTICES, new From.Ago(NOTICES),
                Topics.POSITION_NOTICES, new From.Ago(NOTICES),
                Topics.MARKET_NOTICES, new From.Ago(NOTICES)),
            hand::take,
            fanout::changed);
    fanout.filledBy(this::areCaughtUp);
  }

  void start(@Observes StartupEvent started) {
    market.start();
    accounts.start();
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    market.stop();
    accounts.stop();
  }

  private boolean areCaughtUp() {
    return market.isCaughtUp() && accounts.isCaughtUp();
  }
}
