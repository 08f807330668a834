package io.tapeline.market.http;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.tapeline.market.app.Gateway;
import io.tapeline.market.venue.domain.Player;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.market.venue.domain.Speed;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The player of recordings. */
@Path("/api/replay")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class ReplayResource {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Gateway gateway;

  @Inject
  ReplayResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * A button pressed.
   *
   * @param action pause, resume or seek
   * @param speed with resume or seek: a number, or max; left out: as before
   * @param until with resume: where to hold; left out: at the end
   * @param to with seek: the recorded time to go on from
   */
  record Control(
      @Nullable String action,
      @Nullable String speed,
      @Nullable Instant until,
      @Nullable Instant to) {}

  @GET
  @RolesAllowed("read")
  public Uni<RestResponse<ReplayState>> state() {
    return asked(Player::look);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed("admin")
  public Uni<RestResponse<ReplayState>> control(Control control) {
    var action = control.action() == null ? "" : control.action();
    return switch (action) {
      case "pause" -> asked(Player::pause);
      case "resume" -> resume(control);
      case "seek" -> seek(control);
      default ->
          refused(
              Problem.of(
                  Status.BAD_REQUEST,
                  "MALFORMED_REQUEST",
                  "action is pause, resume or seek",
                  Map.of("action", action)));
    };
  }

  private Uni<RestResponse<ReplayState>> resume(Control control) {
    try {
      var speed = control.speed() == null ? null : Double.valueOf(Speed.parse(control.speed()));
      return asked(player -> player.resume(speed, control.until()));
    } catch (IllegalArgumentException e) {
      return refused(
          Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage())));
    }
  }

  private Uni<RestResponse<ReplayState>> seek(Control control) {
    var to = control.to();
    if (to == null)
      return refused(
          Problem.of(
              Status.BAD_REQUEST,
              "MALFORMED_REQUEST",
              "to is the recorded time to go on from, such as 2023-12-25T23:00:00Z"));
    try {
      var speed = control.speed() == null ? null : Double.valueOf(Speed.parse(control.speed()));
      return asked(player -> player.seek(to, speed));
    } catch (IllegalArgumentException e) {
      return refused(
          Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage())));
    }
  }

  private Uni<RestResponse<ReplayState>> asked(
      Function<Player, CompletionStage<ReplayState>> question) {
    if (!gateway.isReplay())
      return refused(
          Problem.of(
              Status.NOT_FOUND,
              "NOT_A_REPLAY",
              "the venue is " + gateway.venueName() + ", not a replay"));
    var player = gateway.replay();
    if (player.isEmpty()) return refused(down());
    try {
      return Uni.createFrom()
          .completionStage(question.apply(player.get()))
          .ifNoItem()
          .after(PATIENCE)
          .fail()
          .map(RestResponse::ok)
          .onFailure()
          .recoverWithItem(_ -> down().response());
    } catch (VenueLostException _) {
      return refused(down());
    }
  }

  private static Uni<RestResponse<ReplayState>> refused(Problem problem) {
    return Uni.createFrom().item(problem.response());
  }

  private static Problem down() {
    return Problem.of(
        Status.SERVICE_UNAVAILABLE, "VENUE_DOWN", "the replay does not answer now; ask again");
  }
}
