package io.tapeline.orders.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the catalogue is read and the accounts assigned here are loaded. */
@Readiness
@ApplicationScoped
class OwnershipCheck implements HealthCheck {
  private final VenueReports reports;

  @Inject
  OwnershipCheck(VenueReports reports) {
    this.reports = reports;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("accounts loaded").status(reports.isReady()).build();
  }
}
