package io.tapeline.positions.http;

import io.tapeline.positions.app.Verification;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Whether everything that is kept is what the tape says: begun here, asked for until it is done.
 */
@Path("/api/verify")
@Produces(MediaType.APPLICATION_JSON)
class VerifyResource {
  private final Verification verification;

  @Inject
  VerifyResource(Verification verification) {
    this.verification = verification;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("trade")
  public RestResponse<Verification.Run> begin() {
    return RestResponse.status(RestResponse.Status.ACCEPTED, verification.begin());
  }

  @GET
  @RolesAllowed("read")
  public Verification.Run latest() {
    return verification.latest();
  }
}
