package io.tapeline.positions.http;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.SERVICE_UNAVAILABLE;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.AccountDesk;
import io.tapeline.positions.app.AccountDesk.AskedOtherwiseException;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.PositionsConfig;
import io.tapeline.positions.domain.AccountCommand;
import io.tapeline.positions.domain.AccountCommand.Adjust;
import io.tapeline.positions.domain.AccountCommand.Reset;
import io.tapeline.positions.domain.RiskFact.Adjustment;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What admins do to an account's money. The answer is the line of the risk journal that says so;
 * asked again under the same id it is the same line.
 */
@Path("/api/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
class AccountCommandResource {
  private static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_RULE = Pattern.compile("[!-~]{1,64}");
  private static final int MOST_CHARACTERS = 200;

  /** More digits than any money has; a number of a million of them is not even compared. */
  private static final int MOST_DIGITS = 20;

  private final Accounts accounts;
  private final AccountDesk desk;
  private final BigDecimal largest;
  private final SecurityIdentity caller;

  @Inject
  AccountCommandResource(
      Accounts accounts, AccountDesk desk, PositionsConfig config, SecurityIdentity caller) {
    this.accounts = accounts;
    this.desk = desk;
    largest = config.largestAmount();
    this.caller = caller;
  }

  /**
   * @param commandId the Idempotency-Key, if that is left out
   * @param kind DEPOSIT, WITHDRAWAL or CORRECTION
   * @param amount signed
   */
  record Adjustments(
      @Nullable String commandId,
      @Nullable String kind,
      @Nullable BigDecimal amount,
      @Nullable String reason) {}

  /**
   * @param commandId the Idempotency-Key, if that is left out
   * @param startBalance null: the one the account started with
   */
  record Restart(
      @Nullable String commandId, @Nullable BigDecimal startBalance, @Nullable String reason) {}

  /** What is wrong with a request. */
  private static final class NotAskedRightException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    NotAskedRightException(Problem problem) {
      super(problem.detail());
      this.problem = problem;
    }
  }

  /** Money came or went that was not traded for: a deposit, a payout, a corrected fee. */
  @POST
  @Path("{acct}/adjustments")
  public Uni<RestResponse<RiskEventRecord>> adjust(
      @RestPath String acct, @RestHeader(KEY) @Nullable String key, @Nullable Adjustments body) {
    return ask(
        acct,
        accountId -> {
          if (body == null) throw malformed("kind, amount and reason are needed");
          return new Adjust(
              commandId(key, body.commandId()),
              kind(body.kind(), body.amount()),
              amount(accountId, "amount", body.amount()),
              reason(body.reason()),
              caller.getPrincipal().getName());
        });
  }

  /** The account starts over, as an evaluation does; what it did until now stays on the tape. */
  @POST
  @Path("{acct}/reset")
  public Uni<RestResponse<RiskEventRecord>> reset(
      @RestPath String acct, @RestHeader(KEY) @Nullable String key, @Nullable Restart body) {
    return ask(
        acct,
        accountId -> {
          if (body == null) throw malformed("a reason is needed");
          return new Reset(
              commandId(key, body.commandId()),
              body.startBalance() == null ? null : startBalance(accountId, body.startBalance()),
              reason(body.reason()),
              caller.getPrincipal().getName());
        });
  }

  private Uni<RestResponse<RiskEventRecord>> ask(
      String acct, Function<AccountId, AccountCommand> read) {
    var accountId =
        accounts.configured().keySet().stream()
            .filter(id -> id.value().equals(acct))
            .findFirst()
            .orElse(null);
    if (accountId == null) return Uni.createFrom().item(AccountResource.unknown(acct).response());
    AccountCommand command;
    try {
      command = read.apply(accountId);
    } catch (NotAskedRightException e) {
      return Uni.createFrom().item(e.problem.response());
    }
    return desk.ask(accountId, command)
        .map(
            outcome ->
                outcome
                    .map(AccountCommandResource::answer)
                    .orElseGet(
                        () ->
                            Problem.of(
                                    SERVICE_UNAVAILABLE,
                                    "NOT_DECIDED_YET",
                                    "nobody has taken it up yet; ask again under the same id",
                                    Map.of("commandId", command.commandId()))
                                .response()))
        .onFailure(AskedOtherwiseException.class)
        .recoverWithItem(
            () ->
                Problem.of(
                        CONFLICT,
                        "DUPLICATE_COMMAND_ID",
                        "under this id something else was asked for",
                        Map.of("commandId", command.commandId()))
                    .response());
  }

  private static RestResponse<RiskEventRecord> answer(AccountDesk.Outcome outcome) {
    var refused = outcome.refused();
    return refused == null ? RestResponse.ok(outcome.line()) : problem(refused).response();
  }

  private static Problem problem(AccountDesk.Refused refused) {
    var reason = refused.reason().name();
    return switch (refused.reason()) {
      case NOT_FLAT, ORDERS_WORKING, LOCKED_UNTIL ->
          Problem.of(CONFLICT, reason, refused.detail(), refused.params());
      case ACCOUNT_QUARANTINED, INSUFFICIENT_FUNDS ->
          unprocessable(reason, refused.detail(), refused.params());
    };
  }

  private static Problem unprocessable(String reason, String detail, Map<String, String> params) {
    return new Problem(
        "about:blank", "Unprocessable Content", 422, reason, detail, params, null, null);
  }

  private static String commandId(@Nullable String key, @Nullable String inBody) {
    var commandId = key == null ? inBody : key;
    if (commandId == null || !KEY_RULE.matcher(commandId).matches())
      throw malformed(KEY + " or commandId must be 1 to 64 printable characters");
    if (inBody != null && !inBody.equals(commandId))
      throw malformed(KEY + " and commandId are not the same");
    return commandId;
  }

  private static Adjustment kind(@Nullable String name, @Nullable BigDecimal amount) {
    for (var kind : Adjustment.values()) {
      if (!kind.name().equals(name)) continue;
      int sign = amount == null ? 0 : amount.signum();
      if ((kind == Adjustment.DEPOSIT && sign < 0) || (kind == Adjustment.WITHDRAWAL && sign > 0))
        throw malformed("a deposit is above zero, a withdrawal below");
      return kind;
    }
    throw malformed("kind is one of " + Arrays.toString(Adjustment.values()));
  }

  private BigDecimal startBalance(AccountId accountId, BigDecimal asked) {
    if (asked.signum() < 0) throw malformed("startBalance must be above zero");
    return amount(accountId, "startBalance", asked);
  }

  private BigDecimal amount(AccountId accountId, String name, @Nullable BigDecimal asked) {
    if (asked == null || asked.signum() == 0) throw malformed(name + " must not be zero");
    var currency = accounts.currency(accountId);
    if (asked.precision() > MOST_DIGITS
        || asked.stripTrailingZeros().scale() > currency.getDefaultFractionDigits())
      throw malformed(
          "%s has at most %d decimals"
              .formatted(name, Math.max(0, currency.getDefaultFractionDigits())));
    if (asked.abs().compareTo(largest) > 0)
      throw new NotAskedRightException(
          unprocessable(
              "AMOUNT_TOO_LARGE",
              "%s may be %s at most".formatted(name, largest.toPlainString()),
              Map.of("max", largest.toPlainString())));
    return asked;
  }

  private static String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > MOST_CHARACTERS)
      throw malformed("a reason of at most %d characters is needed".formatted(MOST_CHARACTERS));
    return reason;
  }

  private static NotAskedRightException malformed(String why) {
    return new NotAskedRightException(Problem.of(BAD_REQUEST, "MALFORMED_REQUEST", why));
  }
}
