package io.tapeline.market.http;

import io.smallrye.common.annotation.NonBlocking;
import io.tapeline.contract.QuoteRow;
import io.tapeline.market.app.Gateway;
import io.tapeline.model.Symbol;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The newest quotes. */
@Path("/api/quotes")
@Produces(MediaType.APPLICATION_JSON)
class QuoteResource {
  private static final int MOST = 200;

  private final Gateway gateway;

  @Inject
  QuoteResource(Gateway gateway) {
    this.gateway = gateway;
  }

  @GET
  @RolesAllowed("read")
  @NonBlocking
  public RestResponse<Page<QuoteRow>> quotes(@RestQuery @Nullable String symbols) {
    try {
      return RestResponse.ok(new Page<>(gateway.quotes(parse(symbols)), null));
    } catch (IllegalArgumentException e) {
      return Problem.of(
              Status.BAD_REQUEST,
              "MALFORMED_REQUEST",
              "symbols is a list of at most " + MOST + " contract codes",
              Map.of("symbols", String.valueOf(symbols)))
          .response();
    }
  }

  private static List<Symbol> parse(@Nullable String symbols) {
    if (symbols == null || symbols.isBlank()) return List.of();
    var codes = Arrays.asList(symbols.split(",", -1));
    if (codes.size() > MOST) throw new IllegalArgumentException("too many symbols");
    return codes.stream().map(Symbol::new).toList();
  }
}
