package io.tapeline.market.http;

import io.smallrye.common.annotation.Blocking;
import io.tapeline.market.app.Gateway;
import io.tapeline.market.faults.domain.BookFault;
import io.tapeline.market.faults.domain.FaultPresets;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.venue.domain.Faulty;
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
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes a practice venue misbehave, and behave again. */
@Path("/api/venues/{venue}/faults")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class FaultsResource {
  private final Gateway gateway;

  @Inject
  FaultsResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * What is to go wrong from now on. Begins from a preset, or from everything as it should be; what
   * is named besides is set. Times are milliseconds.
   *
   * @param disconnectMillis the session is lost at once, for so long
   * @param losingEvents whether what happens meanwhile is never said
   */
  record Asked(
      @Nullable String preset,
      @Nullable Long seed,
      @Nullable Long ackDelayMillis,
      @Nullable Long jitterMillis,
      @Nullable Double lostAck,
      @Nullable Double lostRequest,
      @Nullable Double duplicate,
      @Nullable Double outOfOrder,
      @Nullable Double partialFills,
      @Nullable Double reject,
      @Nullable List<String> rejectCodes,
      @Nullable Double bust,
      @Nullable Double correct,
      @Nullable Long reviewAfterMillis,
      @Nullable Double lateFill,
      @Nullable Boolean muteFeed,
      @Nullable Boolean halted,
      @Nullable BookFault book,
      @Nullable Long clockSkewMillis,
      @Nullable Long disconnectMillis,
      @Nullable Boolean losingEvents) {

    FaultProfile profile() {
      var from = preset == null ? FaultProfile.NONE : FaultPresets.named(preset);
      return new FaultProfile(
          or(seed, from.seed()),
          or(ackDelayMillis, from.ackDelay()),
          or(jitterMillis, from.jitter()),
          or(lostAck, from.lostAck()),
          or(lostRequest, from.lostRequest()),
          or(duplicate, from.duplicate()),
          or(outOfOrder, from.outOfOrder()),
          or(partialFills, from.partialFills()),
          or(reject, from.reject()),
          or(rejectCodes, from.rejectCodes()),
          or(bust, from.bust()),
          or(correct, from.correct()),
          or(reviewAfterMillis, from.reviewAfter()),
          or(lateFill, from.lateFill()),
          or(muteFeed, from.muteFeed()),
          or(halted, from.halted()),
          or(book, from.book()),
          or(clockSkewMillis, from.clockSkew()));
    }

    private static <T> T or(@Nullable T asked, T from) {
      return asked == null ? from : asked;
    }

    private static Duration or(@Nullable Long millis, Duration from) {
      return millis == null ? from : Duration.ofMillis(millis);
    }
  }

  @GET
  @RolesAllowed("read")
  public RestResponse<FaultProfile> faults(@RestPath String venue) {
    return on(venue, faulty -> RestResponse.ok(faulty.faults()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed("admin")
  public RestResponse<FaultProfile> misbehave(@RestPath String venue, Asked asked) {
    return on(
        venue,
        faulty -> {
          try {
            faulty.misbehave(asked.profile());
          } catch (IllegalArgumentException | ArithmeticException e) {
            return Problem.of(
                    Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage()))
                .response();
          }
          var millis = asked.disconnectMillis();
          if (millis != null)
            faulty.disconnect(
                Duration.ofMillis(Math.clamp(millis, 1, 600_000)),
                Boolean.TRUE.equals(asked.losingEvents()));
          return RestResponse.ok(faulty.faults());
        });
  }

  private RestResponse<FaultProfile> on(
      String venue, Function<Faulty, RestResponse<FaultProfile>> request) {
    if (!venue.equals(gateway.venueName()))
      return Problem.of(Status.NOT_FOUND, "UNKNOWN_VENUE", "no venue " + venue).response();
    var faulty = gateway.faulty();
    return faulty.isPresent()
        ? request.apply(faulty.get())
        : Problem.of(
                Status.SERVICE_UNAVAILABLE, "VENUE_DOWN", "the venue is not open here; ask again")
            .<FaultProfile>response();
  }
}
