package io.tapeline.orders.http;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.FillRow;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.TradingState;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.app.OrderService.Page;
import io.tapeline.orders.app.Verification;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What became of the orders of one account. */
@Path("/api/accounts/{acct}")
@Produces(MediaType.APPLICATION_JSON)
class OrderQueries {
  private final OrderService orders;
  private final AccountDesks desks;
  private final Verification verification;

  @Inject
  OrderQueries(OrderService orders, AccountDesks desks, Verification verification) {
    this.orders = orders;
    this.desks = desks;
    this.verification = verification;
  }

  @GET
  @Path("orders")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> list(
      @RestPath String acct,
      @RestQuery @DefaultValue("working") String state,
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable String asOf,
      @RestQuery @DefaultValue("100") int limit,
      @RestQuery @Nullable String cursor) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    var working =
        switch (state) {
          case "working" -> true;
          case "all" -> false;
          default -> throw new MalformedRequestException("state is working or all");
        };
    var wanted =
        new OrderService.Wanted(
            working,
            symbol,
            Requests.instant("from", from),
            Requests.instant("to", to),
            Requests.instant("asOf", asOf));
    // what works now, all of it, is in memory
    var now = working && from == null && to == null && asOf == null && cursor == null;
    Uni<Page<OrderRow>> page =
        now
            ? orders.working(account, symbol)
            : orders.list(account, wanted, Requests.cursor(cursor), Requests.limit(limit));
    return page.map(RestResponse::ok);
  }

  @GET
  @Path("orders/{id}")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> one(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return orders
        .order(account, Requests.clOrdId(id))
        .map(
            row ->
                row == null
                    ? Refusals.refused(DenialReason.UNKNOWN_ORDER, id)
                    : RestResponse.ok(row));
  }

  /** Everything that happened to an order, oldest first. */
  record History(List<OrderEventRecord> items) {}

  @GET
  @Path("orders/{id}/history")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> history(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return orders
        .history(account, Requests.clOrdId(id))
        .map(
            items ->
                items.isEmpty()
                    ? Refusals.refused(DenialReason.UNKNOWN_ORDER, id)
                    : RestResponse.ok(new History(items)));
  }

  @GET
  @Path("fills")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> fills(
      @RestPath String acct,
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String strategy,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @DefaultValue("100") int limit,
      @RestQuery @Nullable String cursor) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    var wanted =
        new OrderService.WantedFills(
            symbol, strategy, Requests.instant("from", from), Requests.instant("to", to));
    Uni<Page<FillRow>> page =
        orders.fills(account, wanted, Requests.cursor(cursor), Requests.limit(limit));
    return page.map(RestResponse::ok);
  }

  /** What became of a command; asked by its id. */
  @GET
  @Path("commands/{id}")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> command(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return orders
        .command(account, Requests.key(id))
        .map(
            answer ->
                answer == null
                    ? Problem.of(Response.Status.NOT_FOUND, "UNKNOWN_COMMAND", "no such command")
                        .response()
                    : RestResponse.ok(answer));
  }

  @GET
  @Path("verify")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> verify(@RestPath String acct) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return verification.verify(account).map(RestResponse::ok);
  }

  record TradingStateNow(TradingState tradingState) {}

  @GET
  @Path("trading-state")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> tradingState(@RestPath String acct) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return Uni.createFrom()
        .item(RestResponse.ok(new TradingStateNow(orders.tradingState(account))));
  }

  private @Nullable AccountId account(String value) {
    return Requests.account(value, desks);
  }
}
