package io.tapeline.orders.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.model.TradingState;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.timing.TimeFunction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Commands about the orders of one account. */
@Path("/api/accounts/{acct}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class OrderResource {
  private static final int LONGEST_REASON = 500;

  private final OrderService orders;
  private final AccountDesks desks;
  private final SecurityIdentity caller;

  @Inject
  OrderResource(OrderService orders, AccountDesks desks, SecurityIdentity caller) {
    this.orders = orders;
    this.desks = desks;
    this.caller = caller;
  }

  @POST
  @Path("orders")
  @RolesAllowed("trade")
  @TimeFunction(
      name = "place_order",
      threshold = "150ms",
      what = "an order from its request until it is committed and answered")
  public Uni<RestResponse<Object>> place(
      @RestPath String acct,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable OrderRequest body) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    if (body == null) throw new MalformedRequestException("the body is missing");
    var clOrdId = Requests.clOrdId(body.clOrdId());
    var draft = body.draft();
    var commandId = key == null ? clOrdId.value() : Requests.key(key);
    var bracket = body.bracket() == null ? null : body.bracket().draft();
    var command =
        new OrderCommand.PlaceOrder(clOrdId, draft, body.siblings(), bracket, commandId, by());
    return answered(
        RestResponse.Status.CREATED,
        account,
        command,
        commandId,
        Requests.fingerprint("place", body));
  }

  @PATCH
  @Path("orders/{id}")
  @RolesAllowed("trade")
  @TimeFunction(
      name = "replace_order",
      threshold = "150ms",
      what = "a change of an order from its request until it is committed and answered")
  public Uni<RestResponse<Object>> replace(
      @RestPath String acct,
      @RestPath String id,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable ReplaceRequest body) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    if (body == null) throw new MalformedRequestException("the body is missing");
    var commandId = key == null ? "replace." + UUID.randomUUID() : Requests.key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        body.command(Requests.clOrdId(id), commandId, by()),
        commandId,
        Requests.fingerprint("replace " + id, body));
  }

  @DELETE
  @Path("orders/{id}")
  @RolesAllowed("trade")
  @TimeFunction(
      name = "cancel_order",
      threshold = "150ms",
      what = "a cancel from its request until it is committed and answered")
  public Uni<RestResponse<Object>> cancel(
      @RestPath String acct, @RestPath String id, @HeaderParam(Requests.KEY) @Nullable String key) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    var clOrdId = Requests.clOrdId(id);
    var commandId = key == null ? null : Requests.key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.CancelOrder(clOrdId, commandId, by()),
        commandId,
        Requests.fingerprint("cancel", id));
  }

  @POST
  @Path("cancel-all")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> cancelAll(
      @RestPath String acct, @HeaderParam(Requests.KEY) @Nullable String key) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    var commandId = key == null ? "cancel-all." + UUID.randomUUID() : Requests.key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.CancelAll(commandId, by()),
        commandId,
        Requests.fingerprint("cancel-all", ""));
  }

  /** What the account is to be allowed from now on. */
  record TradingStateRequest(@Nullable TradingState state, @Nullable String reason) {}

  @POST
  @Path("trading-state")
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> setTradingState(
      @RestPath String acct,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable TradingStateRequest body) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    if (body == null || body.state() == null)
      throw new MalformedRequestException("state is missing: ACTIVE, REDUCING or HALTED");
    var reason = Objects.requireNonNullElse(body.reason(), "");
    if (reason.length() > LONGEST_REASON)
      throw new MalformedRequestException("the reason is too long");
    var commandId = key == null ? "trading-state." + UUID.randomUUID() : Requests.key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.SetTradingState(body.state(), reason, commandId, by()),
        commandId,
        Requests.fingerprint("trading-state", body));
  }

  /** What an admin says about a request in doubt. */
  record ResolveRequest(OrderEvent.@Nullable Outcome outcome, @Nullable String reason) {}

  @POST
  @Path("orders/{id}/resolve")
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> resolve(
      @RestPath String acct,
      @RestPath String id,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable ResolveRequest body) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    if (body == null || body.outcome() == null)
      throw new MalformedRequestException("outcome is missing: ARRIVED or NEVER_ARRIVED");
    var reason = body.reason();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON)
      throw new MalformedRequestException("a reason of at most 500 characters is needed");
    var commandId = key == null ? "resolve." + UUID.randomUUID() : Requests.key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.ResolveDoubt(
            Requests.clOrdId(id), body.outcome(), reason, commandId, by()),
        commandId,
        Requests.fingerprint("resolve " + id, body));
  }

  /** The newest line that the tape has for certain now. */
  record ToldAgain(long upTo) {}

  /**
   * Tells the journal to the tape again from a line on, for a tape that lacks some. Of the
   * account's lines that come twice every reader takes the first.
   */
  @POST
  @Path("tell-again")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> tellAgain(@RestPath String acct, @RestQuery long from) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return orders.tellAgain(account, from).map(upTo -> RestResponse.ok(new ToldAgain(upTo)));
  }

  /** Ends a quarantine, once what was parked has been looked at. */
  @POST
  @Path("release")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> release(@RestPath String acct) {
    var account = account(acct);
    if (account == null) return Refusals.unknownAccount(acct);
    return orders.release(account).map(_ -> RestResponse.accepted());
  }

  private Uni<RestResponse<Object>> answered(
      RestResponse.Status success,
      AccountId account,
      OrderCommand command,
      @Nullable String commandId,
      String fingerprint) {
    return orders
        .handle(account, command, commandId, fingerprint)
        .map(
            answer ->
                switch (answer) {
                  // in words already: what REST says is what the journal says
                  case Answer.Row(var row) -> RestResponse.status(success, (Object) row.json());
                  case Answer.Commanded commanded ->
                      RestResponse.status(success, (Object) commanded);
                  case Answer.TradingStateSet set -> RestResponse.status(success, (Object) set);
                  case Answer.Refusal refusal -> Refusals.response(refusal);
                  case Answer.Booked _ ->
                      throw new IllegalStateException("reports do not come over REST");
                });
  }

  private @Nullable AccountId account(String value) {
    return Requests.account(value, desks);
  }

  private String by() {
    return caller.getPrincipal().getName();
  }
}
