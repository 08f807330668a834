package io.tapeline.market.http;

import io.smallrye.common.annotation.Blocking;
import io.tapeline.market.app.Gateway;
import io.tapeline.market.app.QuarantinedAccount;
import io.tapeline.model.AccountId;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Accounts whose journal this gateway cannot follow, and the way back for them. */
@Path("/api/venues/{venue}/quarantines")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class QuarantineResource {
  private final Gateway gateway;

  @Inject
  QuarantineResource(Gateway gateway) {
    this.gateway = gateway;
  }

  @GET
  @RolesAllowed("admin")
  public RestResponse<Page<QuarantinedAccount>> quarantines(@RestPath String venue) {
    if (!venue.equals(gateway.venueName())) return unknown(venue);
    return RestResponse.ok(new Page<>(gateway.quarantined(), null));
  }

  /** Follows an account again, from the next line of its journal on. */
  @DELETE
  @Path("{account}")
  @RolesAllowed("admin")
  public RestResponse<Map<String, String>> release(
      @RestPath String venue, @RestPath String account) {
    if (!venue.equals(gateway.venueName())) return unknown(venue);
    if (gateway.release(new AccountId(account)))
      return RestResponse.ok(Map.of("accountId", account, "state", "FOLLOWED"));
    return Problem.of(Status.NOT_FOUND, "NOT_QUARANTINED", account + " is not quarantined here")
        .response();
  }

  private static <T> RestResponse<T> unknown(String venue) {
    return Problem.of(Status.NOT_FOUND, "UNKNOWN_VENUE", "no venue " + venue).response();
  }
}
