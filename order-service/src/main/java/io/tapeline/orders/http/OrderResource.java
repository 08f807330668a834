package io.tapeline.orders.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.FillRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.TradingState;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.app.OrderService.Page;
import io.tapeline.orders.app.Verification;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Orders of one account. */
@Path("/api/accounts/{acct}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class OrderResource {
  static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_RULE = Pattern.compile("[!-~]{1,64}");
  private static final int MOST_ITEMS = 500;
  private static final int LONGEST_REASON = 500;

  private final OrderService orders;
  private final AccountDesks desks;
  private final Verification verification;
  private final SecurityIdentity caller;

  @Inject
  OrderResource(
      OrderService orders, AccountDesks desks, Verification verification, SecurityIdentity caller) {
    this.orders = orders;
    this.desks = desks;
    this.verification = verification;
    this.caller = caller;
  }

  @POST
  @Path("orders")
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> place(
      @RestPath String acct, @HeaderParam(KEY) @Nullable String key, @Nullable OrderRequest body) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    if (body == null) throw new MalformedRequestException("the body is missing");
    var clOrdId = clOrdId(body.clOrdId());
    var draft = body.draft();
    var commandId = key == null ? clOrdId.value() : key(key);
    var bracket = body.bracket() == null ? null : body.bracket().draft();
    var command =
        new OrderCommand.PlaceOrder(clOrdId, draft, body.siblings(), bracket, commandId, by());
    return answered(
        RestResponse.Status.CREATED, account, command, commandId, fingerprint("place", body));
  }

  @PATCH
  @Path("orders/{id}")
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> replace(
      @RestPath String acct,
      @RestPath String id,
      @HeaderParam(KEY) @Nullable String key,
      @Nullable ReplaceRequest body) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    if (body == null) throw new MalformedRequestException("the body is missing");
    var commandId = key == null ? "replace." + UUID.randomUUID() : key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        body.command(clOrdId(id), commandId, by()),
        commandId,
        fingerprint("replace " + id, body));
  }

  @DELETE
  @Path("orders/{id}")
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> cancel(
      @RestPath String acct, @RestPath String id, @HeaderParam(KEY) @Nullable String key) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    var clOrdId = clOrdId(id);
    var commandId = key == null ? null : key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.CancelOrder(clOrdId, commandId, by()),
        commandId,
        fingerprint("cancel", id));
  }

  @POST
  @Path("cancel-all")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> cancelAll(
      @RestPath String acct, @HeaderParam(KEY) @Nullable String key) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    var commandId = key == null ? "cancel-all." + UUID.randomUUID() : key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.CancelAll(commandId, by()),
        commandId,
        fingerprint("cancel-all", ""));
  }

  /** What the account is to be allowed from now on. */
  record TradingStateRequest(@Nullable TradingState state, @Nullable String reason) {}

  @POST
  @Path("trading-state")
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> setTradingState(
      @RestPath String acct,
      @HeaderParam(KEY) @Nullable String key,
      @Nullable TradingStateRequest body) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    if (body == null || body.state() == null)
      throw new MalformedRequestException("state is missing: ACTIVE, REDUCING or HALTED");
    var reason = Objects.requireNonNullElse(body.reason(), "");
    if (reason.length() > LONGEST_REASON)
      throw new MalformedRequestException("the reason is too long");
    var commandId = key == null ? "trading-state." + UUID.randomUUID() : key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.SetTradingState(body.state(), reason, commandId, by()),
        commandId,
        fingerprint("trading-state", body));
  }

  record TradingStateNow(TradingState tradingState) {}

  @GET
  @Path("trading-state")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> tradingState(@RestPath String acct) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    return Uni.createFrom()
        .item(RestResponse.ok(new TradingStateNow(orders.tradingState(account))));
  }

  /** What an admin says about a request in doubt. */
  record ResolveRequest(OrderEvent.@Nullable Outcome outcome, @Nullable String reason) {}

  @POST
  @Path("orders/{id}/resolve")
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> resolve(
      @RestPath String acct,
      @RestPath String id,
      @HeaderParam(KEY) @Nullable String key,
      @Nullable ResolveRequest body) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    if (body == null || body.outcome() == null)
      throw new MalformedRequestException("outcome is missing: ARRIVED or NEVER_ARRIVED");
    var reason = body.reason();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON)
      throw new MalformedRequestException("a reason of at most 500 characters is needed");
    var commandId = key == null ? "resolve." + UUID.randomUUID() : key(key);
    return answered(
        RestResponse.Status.ACCEPTED,
        account,
        new OrderCommand.ResolveDoubt(clOrdId(id), body.outcome(), reason, commandId, by()),
        commandId,
        fingerprint("resolve " + id, body));
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
    if (account == null) return unknownAccount(acct);
    var working =
        switch (state) {
          case "working" -> true;
          case "all" -> false;
          default -> throw new MalformedRequestException("state is working or all");
        };
    var wanted =
        new OrderService.Wanted(
            working, symbol, instant("from", from), instant("to", to), instant("asOf", asOf));
    // what works now, all of it, is in memory
    var now = working && from == null && to == null && asOf == null && cursor == null;
    Uni<Page<OrderRow>> page =
        now
            ? orders.working(account, symbol)
            : orders.list(account, wanted, cursor(cursor), limit(limit));
    return page.map(RestResponse::ok);
  }

  @GET
  @Path("orders/{id}")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> one(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    return orders
        .order(account, clOrdId(id))
        .map(row -> row == null ? refused(DenialReason.UNKNOWN_ORDER, id) : RestResponse.ok(row));
  }

  /** Everything that happened to an order, oldest first. */
  record History(List<OrderEventRecord> items) {}

  @GET
  @Path("orders/{id}/history")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> history(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    return orders
        .history(account, clOrdId(id))
        .map(
            items ->
                items.isEmpty()
                    ? refused(DenialReason.UNKNOWN_ORDER, id)
                    : RestResponse.ok(new History(items)));
  }

  @GET
  @Path("fills")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> fills(
      @RestPath String acct,
      @RestQuery @DefaultValue("100") int limit,
      @RestQuery @Nullable String cursor) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    Uni<Page<FillRow>> page = orders.fills(account, cursor(cursor), limit(limit));
    return page.map(RestResponse::ok);
  }

  /** What became of a command; asked by its id. */
  @GET
  @Path("commands/{id}")
  @RolesAllowed("read")
  public Uni<RestResponse<Object>> command(@RestPath String acct, @RestPath String id) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
    return orders
        .command(account, key(id))
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
    if (account == null) return unknownAccount(acct);
    return verification.verify(account).map(RestResponse::ok);
  }

  /** Ends a quarantine, once what was parked has been looked at. */
  @POST
  @Path("release")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> release(@RestPath String acct) {
    var account = account(acct);
    if (account == null) return unknownAccount(acct);
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
                  case Answer.Row(var row) -> RestResponse.status(success, (Object) row);
                  case Answer.Commanded commanded ->
                      RestResponse.status(success, (Object) commanded);
                  case Answer.TradingStateSet set -> RestResponse.status(success, (Object) set);
                  case Answer.Refusal refusal -> Refusals.response(refusal);
                  case Answer.Booked _ ->
                      throw new IllegalStateException("reports do not come over REST");
                });
  }

  private static RestResponse<Object> refused(DenialReason reason, Object... params) {
    var denial = reason.with(params);
    return Refusals.response(new Answer.Refusal(reason, denial.detail(), denial.params(), null));
  }

  static Uni<RestResponse<Object>> unknownAccount(String acct) {
    return Uni.createFrom().item(refused(DenialReason.UNKNOWN_ACCOUNT, acct));
  }

  private @Nullable AccountId account(String value) {
    return account(value, desks);
  }

  static @Nullable AccountId account(String value, AccountDesks desks) {
    try {
      var account = new AccountId(value);
      return desks.knows(account) ? account : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static ClOrdId clOrdId(@Nullable String value) {
    try {
      return new ClOrdId(Objects.requireNonNullElse(value, ""));
    } catch (IllegalArgumentException _) {
      throw new MalformedRequestException("clOrdId must be 1 to 36 of A-Z a-z 0-9 . _ -");
    }
  }

  static String key(String value) {
    if (!KEY_RULE.matcher(value).matches())
      throw new MalformedRequestException(KEY + " must be 1 to 64 printable characters");
    return value;
  }

  private static @Nullable String cursor(@Nullable String value) {
    if (value != null && !value.matches("[0-9]{1,18}"))
      throw new MalformedRequestException("cursor is none of ours");
    return value;
  }

  private static @Nullable Instant instant(String name, @Nullable String value) {
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeParseException _) {
      throw new MalformedRequestException(name + " is no time like 2026-03-02T15:00:00Z");
    }
  }

  private static int limit(int value) {
    return Math.clamp(value, 1, MOST_ITEMS);
  }

  private String by() {
    return caller.getPrincipal().getName();
  }

  /** Of what was asked, without what was left out: a field added later changes no old one. */
  static String fingerprint(String what, Object body) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(what.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      sha.update(Json.bytes(body));
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
