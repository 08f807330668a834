package io.tapeline.orders.http;

import io.smallrye.mutiny.Uni;
import io.tapeline.orders.app.Verification;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Whether the journal, the live state and the query table agree, for every account owned here. */
@Path("/api/verify")
@Produces(MediaType.APPLICATION_JSON)
class VerifyResource {
  private final Verification verification;

  @Inject
  VerifyResource(Verification verification) {
    this.verification = verification;
  }

  record Reports(boolean ok, List<Verification.Report> items) {}

  /** The same, for those who do not want an answer from a cache. */
  @POST
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("read")
  public Uni<Reports> verifyNow() {
    return verify();
  }

  @GET
  @RolesAllowed("read")
  public Uni<Reports> verify() {
    return verification
        .verifyAll()
        .map(items -> new Reports(items.stream().allMatch(Verification.Report::ok), items));
  }
}
