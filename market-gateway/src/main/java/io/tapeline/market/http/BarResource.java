package io.tapeline.market.http;

import io.smallrye.common.annotation.Blocking;
import io.tapeline.bars.Interval;
import io.tapeline.contract.BarRow;
import io.tapeline.market.app.BarHistory;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Bars of a contract, oldest first, the forming one last. */
@Path("/api/bars")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class BarResource {
  private static final int USUAL = 1_000;

  private final Gateway gateway;

  @Inject
  BarResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Bars of a contract.
   *
   * @param from the first start, inclusive; left out: the newest {@code limit} bars
   * @param to exclusive; left out: to the forming bar
   * @param cursor the {@code next} of an earlier answer, in the place of {@code from}
   */
  @GET
  @RolesAllowed("read")
  public RestResponse<Page<BarRow>> bars(
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String interval,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    try {
      if (symbol == null || interval == null)
        throw new IllegalArgumentException("symbol and interval say which bars");
      int most = limit == null ? USUAL : limit;
      if (most < 1 || most > BarHistory.MOST)
        throw new IllegalArgumentException("limit is 1 to " + BarHistory.MOST);
      var contract = new Symbol(symbol);
      return gateway
          .barHistory()
          .read(
              contract,
              Interval.parse(interval),
              time("from", cursor == null ? from : cursor),
              time("to", to),
              most)
          .map(
              stretch ->
                  RestResponse.ok(
                      new Page<>(
                          stretch.bars(),
                          stretch.next() == null ? null : stretch.next().toString())))
          .orElseGet(() -> unknown(symbol));
    } catch (IllegalArgumentException e) {
      return Problem.of(
              Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage()), Map.of())
          .response();
    }
  }

  /** Makes the bars of a contract anew from the tape and says which stored ones differ. */
  @GET
  @Path("check")
  @RolesAllowed("admin")
  public RestResponse<Record> check(@RestQuery @Nullable String symbol) {
    try {
      var contract = new Symbol(symbol == null ? "" : symbol);
      return gateway
          .checkBars(contract)
          .map(RestResponse::ok)
          .orElseGet(() -> unknown(contract.value()));
    } catch (IllegalArgumentException e) {
      return Problem.of(
              Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage()), Map.of())
          .response();
    }
  }

  private static <T> RestResponse<T> unknown(String symbol) {
    return Problem.of(
            Status.NOT_FOUND,
            "UNKNOWN_SYMBOL",
            symbol + " is of no instrument in the catalogue",
            Map.of("symbol", symbol))
        .response();
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null || text.isBlank()) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name + " is a time such as 2023-12-25T23:00:00Z, not " + text, e);
    }
  }
}
