package io.tapeline.orders.app;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.contract.AccountRow;
import io.tapeline.model.AccountId;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.RiskDecider;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tells an account's desk what its risk rules ask for: at once when they say so, and again now and
 * then, for an account that came here meanwhile or an order that was not taken.
 */
@ApplicationScoped
public class RiskWatch {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final AccountDesks desks;
  private final RiskView view;
  private final Surroundings surroundings;
  private final Vertx vertx;
  private final InstantSource clock = InstantSource.system();

  @Inject
  RiskWatch(AccountDesks desks, RiskView view, Surroundings surroundings, Vertx vertx) {
    this.desks = desks;
    this.view = view;
    this.surroundings = surroundings;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(TICK.toMillis(), _ -> desks.ownedAccounts().forEach(this::look));
  }

  /**
   * The rules have spoken.
   *
   * @param live now, and not before this service began to listen
   */
  public void told(AccountRow row, boolean live) {
    view.learn(row, live);
    look(new AccountId(row.accountId()));
  }

  private void look(AccountId account) {
    var desk = desks.desk(account);
    if (desk == null || !view.knows(account)) return;
    var asked = view.asked(account);
    if (RiskDecider.isNews(
        desk.committed(), asked, surroundings.venueTime(account, clock.instant()))) {
      var _ = desk.ask(new Asked(new OrderCommand.RiskTold(asked), null, "", null));
    }
  }
}
