package io.tapeline.bridge.status;

import io.tapeline.bridge.fanout.app.Fanout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the backlog of the tape has been read. */
@Readiness
@ApplicationScoped
class TapeHealth implements HealthCheck {
  private final Fanout fanout;

  @Inject
  TapeHealth(Fanout fanout) {
    this.fanout = fanout;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tape").status(fanout.isCaughtUp()).build();
  }
}
