package io.tapeline.orders.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapeline.orders.app.AccountDesks;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Now and then writes down how far the tape is, so that a takeover reads little of it, and looks
 * for lines that a former owner left in the journal.
 */
@ApplicationScoped
class RelayMarks {
  private static final Logger LOG = Logger.getLogger(RelayMarks.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final AccountDesks desks;
  private final Vertx vertx;
  private long timer;

  @Inject
  RelayMarks(AccountDesks desks, Vertx vertx) {
    this.desks = desks;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(EVERY.toMillis(), _ -> save());
  }

  void stop(@Observes ShutdownEvent event) {
    var _ = vertx.cancelTimer(timer);
  }

  private void save() {
    desks
        .saveMarks()
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("marks not saved: %s", failure.toString()));
    desks
        .listen()
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("journals not looked at: %s", failure.toString()));
  }
}
