package io.tapeline.bridge.absence.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.absence.domain.Attendance;
import io.tapeline.bridge.absence.domain.Watch;
import io.tapeline.bridge.absence.store.PresenceStore;
import io.tapeline.bridge.absence.store.PresenceStore.Absent;
import io.tapeline.bridge.inner.InnerService;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.door.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Cancels the working orders of whoever wants that and has not been heard on any bridge for longer
 * than their grace. It is asked for until order-service has taken it, under one key for one
 * absence; so two bridges, or one that was killed half way, do no harm.
 */
@ApplicationScoped
public class AbsenceWatch {
  private static final Logger LOG = Logger.getLogger(AbsenceWatch.class);

  /** Begins the command's id, which every line of the journal that comes of it carries. */
  private static final String KEY = "cancel-on-disconnect.";

  private static final long EVERY_MS = 1_000;
  private static final long LONGEST_GAP_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long FORGOTTEN_AFTER_NANOS = Duration.ofMinutes(3).toNanos();
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final PresenceStore store;
  private final InnerServices services;
  private final Vertx vertx;
  private final Attendance attendance = new Attendance();
  private final Watch watch = new Watch(LONGEST_GAP_NANOS, System.nanoTime());
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean blind = new AtomicBoolean();
  private volatile long timer;

  @Inject
  AbsenceWatch(PresenceStore store, InnerServices services, Vertx vertx) {
    this.store = store;
    this.services = services;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    timer = vertx.setPeriodic(EVERY_MS, _ -> look());
  }

  void stop(@Observes ShutdownEvent stopping) {
    vertx.cancelTimer(timer);
  }

  /** Somebody who may trade said something, if only that they are there. */
  public void heard(String user) {
    attendance.heard(user, System.nanoTime());
  }

  private void look() {
    if (!looking.compareAndSet(false, true)) return;
    long now = System.nanoTime();
    double watched = watch.look(now);
    store
        .heard(attendance.silentSeconds(now, FORGOTTEN_AFTER_NANOS))
        .chain(() -> store.claim(watched))
        .onTermination()
        .invoke(() -> looking.set(false))
        .subscribe()
        .with(
            due -> {
              blind.set(false);
              due.forEach(this::cancel);
            },
            e -> {
              watch.restart(System.nanoTime());
              if (!blind.getAndSet(true))
                LOG.warnf("who is there is not known for now: %s", e.getMessage());
            });
  }

  /** What fails is tried again, by whichever bridge is first, as long as they are away. */
  private void cancel(Absent absent) {
    LOG.infof("%s was not heard since %s: canceling", absent.user(), absent.heardAt());
    var all = absent.accounts().stream().map(account -> cancelAll(absent, account)).toList();
    Uni.createFrom()
        .completionStage(Future.join(all).toCompletionStage())
        .chain(() -> store.done(absent))
        .onFailure()
        .invoke(e -> LOG.errorf("not canceled yet for %s: %s", absent.user(), e.getMessage()))
        .onFailure()
        .recoverWithUni(() -> store.failed(absent))
        .subscribe()
        .with(_ -> {}, e -> LOG.warnf("due again when the claim is over: %s", e.getMessage()));
  }

  private Future<Void> cancelAll(Absent absent, String account) {
    return services
        .request(
            InnerService.ORDERS,
            HttpMethod.POST,
            "/api/accounts/" + account + "/cancel-all",
            absent.user(),
            Scope.TRADE)
        .compose(
            request ->
                request
                    .putHeader("Idempotency-Key", KEY + absent.heardAt().toInstant())
                    .idleTimeout(LIMIT.toMillis())
                    .send())
        .compose(
            response ->
                response.statusCode() / 100 == 2
                    ? Future.succeededFuture()
                    : Future.failedFuture(account + ": " + response.statusCode()));
  }
}
