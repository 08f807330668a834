package io.tapeline.bridge.status;

import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.app.Market;
import io.tapeline.bridge.inner.InnerService;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.service.TapelineConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says when somebody may be let in: every part is there, and a price is on the board. */
@Path("/api/status")
class StatusResource {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Fanout fanout;
  private final Market market;
  private final InnerServices services;
  private final String venue;

  @Inject
  StatusResource(Fanout fanout, Market market, InnerServices services, TapelineConfig config) {
    this.fanout = fanout;
    this.market = market;
    this.services = services;
    this.venue = config.venue();
  }

  record Status(boolean ready, List<String> waitingFor) {}

  @GET
  @RolesAllowed("read")
  public Uni<Status> status() {
    var checks = Arrays.stream(InnerService.values()).map(this::waitsFor).toList();
    return Uni.join()
        .all(checks)
        .andFailFast()
        .map(
            answers -> {
              var waitingFor = new ArrayList<String>();
              for (var answer : answers) answer.ifPresent(waitingFor::add);
              if (!fanout.isCaughtUp()) waitingFor.add("the tape to be read");
              if (!market.isReconciled(venue))
                waitingFor.add("venue " + venue + " to be reconciled");
              if (!fanout.board().hasQuote()) waitingFor.add("the first quote");
              return new Status(waitingFor.isEmpty(), waitingFor);
            });
  }

  private Uni<Optional<String>> waitsFor(InnerService service) {
    return Uni.createFrom()
        .completionStage(() -> services.get(service, "/q/health/ready", LIMIT).toCompletionStage())
        .map(_ -> Optional.<String>empty())
        .onFailure()
        .recoverWithItem(Optional.of(service.label()));
  }
}
