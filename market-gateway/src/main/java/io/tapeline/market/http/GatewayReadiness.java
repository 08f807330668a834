package io.tapeline.market.http;

import io.tapeline.market.app.Gateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the venue is open and reconciled and the orders journal is followed. */
@Readiness
@ApplicationScoped
class GatewayReadiness implements HealthCheck {
  private final Gateway gateway;

  @Inject
  GatewayReadiness(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public HealthCheckResponse call() {
    var state = gateway.venueState();
    var answer =
        HealthCheckResponse.named("venue")
            .withData("venue", gateway.venueName())
            .withData("lease", gateway.holdsLease())
            .withData("phase", state.phase().name())
            .withData("reconciled", gateway.isReconciled())
            .withData("journal", gateway.isReading())
            .status(state.isOpen() && gateway.isReconciled() && gateway.isReading());
    if (state.reason() != null) answer.withData("reason", state.reason());
    return answer.build();
  }
}
