package io.tapeline.positions.http;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.contract.AccountRow;
import io.tapeline.contract.PositionRow;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.FillReport;
import io.tapeline.positions.app.PastStates;
import io.tapeline.positions.app.Repairs;
import io.tapeline.positions.app.Rows;
import io.tapeline.positions.app.ShadowCheck;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Accounts and their positions, as committed. Any replica answers for any account. */
@Path("/api/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("read")
class AccountResource {
  private static final int MOST_PER_PAGE = 500;
  private static final int DEFAULT_PER_PAGE = 100;

  private final Accounts accounts;
  private final Rows rows;
  private final ShadowCheck check;
  private final PastStates past;
  private final FillReport fillReport;
  private final Repairs repairs;

  @Inject
  AccountResource(
      Accounts accounts,
      Rows rows,
      ShadowCheck check,
      PastStates past,
      FillReport fillReport,
      Repairs repairs) {
    this.past = past;
    this.fillReport = fillReport;
    this.repairs = repairs;
    this.accounts = accounts;
    this.rows = rows;
    this.check = check;
  }

  /** One page of accounts; {@code next} is the cursor of the following one. */
  record AccountPage(List<AccountRow> items, @Nullable String next) {}

  /** One page of positions, all of the moment after line {@code asOfSeq}. */
  record PositionPage(List<PositionRow> items, @Nullable String next, long asOfSeq) {}

  @GET
  public Uni<RestResponse<AccountPage>> accounts(
      @RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor) {
    var refusal = refusal(limit);
    if (refusal != null) return Uni.createFrom().item(refusal.response());
    var page = Page.of(accounts.configured().keySet(), AccountId::value, limit, cursor);
    return accounts
        .all(page.items())
        .map(
            states ->
                RestResponse.ok(
                    new AccountPage(
                        page.items().stream()
                            .map(
                                id ->
                                    rows.account(
                                        Objects.requireNonNull(states.get(id)), rows.nextMarkNo()))
                            .filter(Objects::nonNull)
                            .toList(),
                        page.next())));
  }

  @GET
  @Path("{acct}")
  public Uni<RestResponse<AccountRow>> account(
      @RestPath String acct, @RestQuery @Nullable String asOf) {
    return answer(
        acct,
        asOf,
        state -> Objects.requireNonNull(rows.account(state, rows.nextMarkNo()), "configured"),
        then -> Objects.requireNonNull(rows.account(then), "configured"));
  }

  @GET
  @Path("{acct}/positions")
  public Uni<RestResponse<PositionPage>> positions(
      @RestPath String acct,
      @RestQuery @Nullable String asOf,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    var refusal = refusal(limit);
    if (refusal != null) return Uni.createFrom().item(refusal.response());
    return answer(
        acct,
        asOf,
        state -> page(rows.positions(state, rows.nextMarkNo()), state, limit, cursor),
        then -> page(rows.positions(then), then.state(), limit, cursor));
  }

  private static PositionPage page(
      List<PositionRow> found,
      AccountState state,
      @Nullable Integer limit,
      @Nullable String cursor) {
    var page = Page.of(found, PositionRow::symbol, limit, cursor);
    return new PositionPage(page.items(), page.next(), state.fold().seq());
  }

  /** Whether an execution was lost or booked twice on its way from the venue into the tables. */
  @GET
  @Path("{acct}/no-lost-fill")
  public Uni<RestResponse<FillReport.Report>> noLostFill(@RestPath String acct) {
    var accountId = known(acct);
    return accountId.isEmpty()
        ? Uni.createFrom().item(unknown(acct).response())
        : fillReport.report(accountId.get()).map(RestResponse::ok);
  }

  /** Folds an account that stands still again, from the beginning of its journal. */
  @POST
  @Path("{acct}/repair")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed("admin")
  public Uni<RestResponse<Repair>> repair(@RestPath String acct) {
    var accountId = known(acct);
    if (accountId.isEmpty()) return Uni.createFrom().item(unknown(acct).response());
    return repairs
        .ask(accountId.get())
        .replaceWith(
            RestResponse.status(RestResponse.Status.ACCEPTED, new Repair(acct, "REFOLDING")));
  }

  /** The account's row says how it went: it is quarantined again, or no more. */
  record Repair(String accountId, String state) {}

  /** Makes the account's rows again from the tape and compares them with the tables. */
  @GET
  @Path("{acct}/verify-fold")
  public Uni<RestResponse<ShadowCheck.Report>> verify(@RestPath String acct) {
    var accountId = known(acct);
    if (accountId.isEmpty()) return Uni.createFrom().item(unknown(acct).response());
    return Uni.createFrom()
        .item(() -> check.check(accountId.get(), null))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .map(
            report ->
                report
                    .map(RestResponse::ok)
                    .orElseGet(
                        () ->
                            Problem.of(
                                    CONFLICT,
                                    "VERIFY_IN_PROGRESS",
                                    "another account is being verified; try again")
                                .response()));
  }

  private <T> Uni<RestResponse<T>> answer(
      String acct,
      @Nullable String asOf,
      Function<AccountState, T> view,
      Function<PastStates.Past, T> pastView) {
    var accountId = known(acct);
    if (accountId.isEmpty()) return Uni.createFrom().item(unknown(acct).response());
    if (asOf == null)
      return accounts
          .find(accountId.get())
          .map(
              state ->
                  state
                      .map(found -> RestResponse.ok(view.apply(found)))
                      .orElseGet(() -> unknown(acct).response()));
    Instant instant;
    try {
      instant = Instant.parse(asOf);
    } catch (DateTimeException _) {
      return Uni.createFrom()
          .item(
              Problem.of(
                      BAD_REQUEST,
                      "MALFORMED_REQUEST",
                      "asOf is a time such as 2024-01-10T18:00:00Z",
                      Map.of("asOf", asOf))
                  .response());
    }
    return past.at(accountId.get(), instant).map(then -> RestResponse.ok(pastView.apply(then)));
  }

  private Optional<AccountId> known(String acct) {
    return accounts.configured().keySet().stream()
        .filter(id -> id.value().equals(acct))
        .findFirst();
  }

  static Problem unknown(String acct) {
    return Problem.of(
        NOT_FOUND, "UNKNOWN_ACCOUNT", "there is no account of that id", Map.of("accountId", acct));
  }

  private static @Nullable Problem refusal(@Nullable Integer limit) {
    return limit == null || (limit >= 1 && limit <= MOST_PER_PAGE)
        ? null
        : Problem.of(
            BAD_REQUEST,
            "MALFORMED_REQUEST",
            "limit is 1 to " + MOST_PER_PAGE,
            Map.of("limit", Integer.toString(limit)));
  }

  private record Page<T>(List<T> items, @Nullable String next) {
    /**
     * The items after the cursor, which is the key of the last one seen; they come in key order.
     */
    static <T> Page<T> of(
        java.util.Collection<T> all,
        Function<T, String> key,
        @Nullable Integer limit,
        @Nullable String cursor) {
      var most = limit == null ? DEFAULT_PER_PAGE : limit;
      var rest =
          all.stream()
              .filter(item -> cursor == null || key.apply(item).compareTo(cursor) > 0)
              .limit(most + 1L)
              .toList();
      return rest.size() <= most
          ? new Page<>(rest, null)
          : new Page<>(rest.subList(0, most), key.apply(rest.get(most - 1)));
    }
  }
}
