package io.tapeline.orders.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.domain.OrderCommand;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Commands about the positions of one account, or all of it. */
@Path("/api/accounts/{acct}")
@Produces(MediaType.APPLICATION_JSON)
class PositionResource {
  private final OrderService orders;
  private final AccountDesks desks;
  private final SecurityIdentity caller;

  @Inject
  PositionResource(OrderService orders, AccountDesks desks, SecurityIdentity caller) {
    this.orders = orders;
    this.desks = desks;
    this.caller = caller;
  }

  /** Everything is cancelled, then closed; {@code GET commands/{id}} tells how it went. */
  @POST
  @Path("flatten")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> flatten(
      @RestPath String acct, @HeaderParam(Requests.KEY) @Nullable String key) {
    return commanded(acct, key, "flatten", "", id -> new OrderCommand.FlattenAccount(id, by()));
  }

  /** How much of a position is to be closed. */
  record CloseRequest(@Nullable Long qty) {}

  @POST
  @Path("positions/{symbol}/close")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> close(
      @RestPath String acct,
      @RestPath String symbol,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable CloseRequest body) {
    var asked = body == null ? new CloseRequest(null) : body;
    return commanded(
        acct,
        key,
        "close " + symbol,
        asked,
        id -> new OrderCommand.ClosePosition(symbol, asked.qty(), id, by()));
  }

  @POST
  @Path("positions/{symbol}/reverse")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> reverse(
      @RestPath String acct,
      @RestPath String symbol,
      @HeaderParam(Requests.KEY) @Nullable String key) {
    return commanded(
        acct,
        key,
        "reverse " + symbol,
        "",
        id -> new OrderCommand.ReversePosition(symbol, id, by()));
  }

  @POST
  @Path("positions/{symbol}/bracket")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed("trade")
  public Uni<RestResponse<Object>> bracket(
      @RestPath String acct,
      @RestPath String symbol,
      @HeaderParam(Requests.KEY) @Nullable String key,
      @Nullable BracketRequest body) {
    if (body == null) throw new MalformedRequestException("the body is missing");
    var draft = body.draft();
    return commanded(
        acct,
        key,
        "bracket " + symbol,
        body,
        id -> new OrderCommand.AttachBracket(symbol, body.qty(), draft, id, by()));
  }

  private Uni<RestResponse<Object>> commanded(
      String acct,
      @Nullable String key,
      String what,
      Object body,
      Function<String, OrderCommand> command) {
    var account = Requests.account(acct, desks);
    if (account == null) return Refusals.unknownAccount(acct);
    var word = what.contains(" ") ? what.substring(0, what.indexOf(' ')) : what;
    var commandId = key == null ? word + "." + UUID.randomUUID() : Requests.key(key);
    return answered(account, command.apply(commandId), commandId, Requests.fingerprint(what, body));
  }

  private Uni<RestResponse<Object>> answered(
      AccountId account, OrderCommand command, String commandId, String fingerprint) {
    return orders
        .handle(account, command, commandId, fingerprint)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Refusal refusal -> Refusals.response(refusal);
                  case Answer.Commanded commanded ->
                      RestResponse.status(RestResponse.Status.ACCEPTED, (Object) commanded);
                  case Answer.Row _, Answer.TradingStateSet _, Answer.Booked _ ->
                      throw new IllegalStateException("no answer to such a command: " + answer);
                });
  }

  private String by() {
    return caller.getPrincipal().getName();
  }
}
