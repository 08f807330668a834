package io.tapeline.positions.http;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.AccountRow;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.Ledger;
import io.tapeline.positions.app.RiskPrograms;
import io.tapeline.positions.app.Rows;
import io.tapeline.positions.app.WhatIf;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Drift;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The rules of an account, how much of its limits is used, and what an order would use. */
@Path("/api/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("read")
class RiskResource {
  private static final int PAGE = 500;

  private final Accounts accounts;
  private final Rows rows;
  private final RiskPrograms programs;
  private final Ledger ledger;
  private final WhatIf whatIf;

  @Inject
  RiskResource(Accounts accounts, Rows rows, RiskPrograms programs, Ledger ledger, WhatIf whatIf) {
    this.accounts = accounts;
    this.rows = rows;
    this.programs = programs;
    this.ledger = ledger;
    this.whatIf = whatIf;
  }

  /** Every limit with its use now. */
  record Limits(List<AccountRow.LimitRow> items, AccountRow.@Nullable RiskRow risk, long asOfSeq) {}

  /** The program of the account; its name is null without one. */
  record Program(
      @Nullable String name, int version, @Nullable String title, List<RuleView> rules) {}

  /** One rule; {@code terms} in its own words. */
  record RuleView(String id, String terms, List<String> tiers) {}

  /** One page of the risk journal; the cursor is the number of the last line seen. */
  record Journal(List<RiskEventRecord> items, @Nullable String next) {}

  /** An order as it is placed; only these parts matter here. */
  record Order(
      @Nullable String symbol,
      @Nullable Side side,
      @Nullable Long orderQty,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      @Nullable Bracket bracket) {
    record Bracket(@Nullable Leg stopLoss) {}

    record Leg(@Nullable Long ticks) {}
  }

  @GET
  @Path("{acct}/limits")
  public Uni<RestResponse<Limits>> limits(@RestPath String acct) {
    return of(
        acct,
        state -> {
          var row = Objects.requireNonNull(rows.account(state, rows.nextMarkNo()), "configured");
          return RestResponse.ok(new Limits(row.limits(), row.risk(), state.fold().seq()));
        });
  }

  @GET
  @Path("{acct}/risk-rules")
  public Uni<RestResponse<Program>> rules(@RestPath String acct) {
    return of(
        acct,
        state ->
            RestResponse.ok(
                programs
                    .program(state.accountId())
                    .map(
                        program ->
                            new Program(
                                program.name(),
                                program.version(),
                                program.title(),
                                program.rules().stream()
                                    .map(
                                        rule ->
                                            new RuleView(
                                                rule.id(),
                                                rule.toString(),
                                                rule.steps().stream()
                                                    .map(s -> s.tier() + " " + s.percent())
                                                    .toList()))
                                    .toList()))
                    .orElseGet(() -> new Program(null, 0, null, List.of()))));
  }

  /** Where the venue saw positions otherwise, newest first. */
  record Drifts(List<Drift> items) {}

  @GET
  @Path("{acct}/drift")
  public Uni<RestResponse<Drifts>> drift(@RestPath String acct) {
    var accountId = known(acct);
    if (accountId == null) return Uni.createFrom().item(AccountResource.unknown(acct).response());
    return ledger.drifts(accountId, PAGE).map(items -> RestResponse.ok(new Drifts(items)));
  }

  @GET
  @Path("{acct}/risk-events")
  public Uni<RestResponse<Journal>> events(
      @RestPath String acct, @RestQuery @Nullable Long cursor) {
    var accountId = known(acct);
    if (accountId == null) return Uni.createFrom().item(AccountResource.unknown(acct).response());
    return ledger
        .riskEvents(accountId, cursor == null ? 0 : cursor, PAGE)
        .map(
            found ->
                RestResponse.ok(
                    new Journal(
                        found, found.size() < PAGE ? null : Long.toString(found.getLast().no()))));
  }

  @POST
  @Path("{acct}/what-if")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<WhatIf.Answer>> whatIf(@RestPath String acct, @Nullable Order order) {
    if (order == null) return malformed("an order is needed");
    var symbol = order.symbol();
    var side = order.side();
    var qty = order.orderQty();
    if (symbol == null || side == null || qty == null || qty < 1)
      return malformed("symbol, side and orderQty are needed");
    var bracket = order.bracket();
    var stop = bracket == null ? null : bracket.stopLoss();
    WhatIf.Question question;
    try {
      question =
          new WhatIf.Question(
              new Symbol(symbol),
              side,
              qty,
              order.price() == null ? order.stopPx() : order.price(),
              stop == null ? null : stop.ticks());
    } catch (IllegalArgumentException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
    return of(
        acct,
        state ->
            whatIf
                .answer(state, question)
                .map(RestResponse::ok)
                .orElseGet(
                    () ->
                        Problem.of(
                                Response.Status.NOT_FOUND,
                                "UNKNOWN_SYMBOL",
                                "no price is known of " + symbol)
                            .response()));
  }

  private static <T> Uni<RestResponse<T>> malformed(String why) {
    return Uni.createFrom().item(Problem.of(BAD_REQUEST, "MALFORMED_REQUEST", why).response());
  }

  private <T> Uni<RestResponse<T>> of(String acct, Function<AccountState, RestResponse<T>> answer) {
    var accountId = known(acct);
    if (accountId == null) return Uni.createFrom().item(AccountResource.unknown(acct).response());
    return accounts
        .find(accountId)
        .map(found -> found.map(answer).orElseGet(() -> AccountResource.unknown(acct).response()));
  }

  private @Nullable AccountId known(String acct) {
    return accounts.configured().keySet().stream()
        .filter(id -> id.value().equals(acct))
        .findFirst()
        .orElse(null);
  }
}
