package io.tapeline.positions.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Starts and stops reading, and says whether it goes well. */
@ApplicationScoped
class Lifecycle {
  private final TapeLoop tape;
  private final QuoteTape quotes;

  @Inject
  Lifecycle(TapeLoop tape, QuoteTape quotes) {
    this.tape = tape;
    this.quotes = quotes;
  }

  void start(@Observes StartupEvent start) {
    quotes.start(tape::wake);
    tape.start();
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    tape.stop();
    quotes.stop();
  }

  /** Ready when everything that was on the tape is folded and the quotes are read to their end. */
  @Readiness
  HealthCheck folded() {
    return () ->
        HealthCheckResponse.named("tape folded, quotes read")
            .withData("tape", tape.isCaughtUp())
            .withData("quotes", quotes.isCaughtUp())
            .status(tape.isCaughtUp() && quotes.isCaughtUp())
            .build();
  }

  @Liveness
  HealthCheck folding() {
    return () -> HealthCheckResponse.named("folding").status(tape.isAlive()).build();
  }
}
