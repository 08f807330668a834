package io.tapeline.market.http;

import io.smallrye.common.annotation.NonBlocking;
import io.tapeline.contract.InstrumentRow;
import io.tapeline.market.app.Gateway;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The catalogue: a few dozen contracts, always one page. */
@Path("/api/instruments")
@Produces(MediaType.APPLICATION_JSON)
class InstrumentResource {
  private final Gateway gateway;

  @Inject
  InstrumentResource(Gateway gateway) {
    this.gateway = gateway;
  }

  @GET
  @RolesAllowed("read")
  @NonBlocking
  public Page<InstrumentRow> instruments() {
    return new Page<>(gateway.instruments(), null);
  }
}
