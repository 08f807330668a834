package io.tapeline.orders.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.OrderRow;
import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.BusyException;
import io.tapeline.orders.app.NotOwnerException;
import io.tapeline.orders.app.OutcomeUnknownException;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.service.Problem;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every way to say no, as a problem with a status. */
final class Refusals {
  /** The statuses a denial can have; 422 has no name in the REST library. */
  enum Http {
    NOT_FOUND(404, "Not Found"),
    CONFLICT(409, "Conflict"),
    UNPROCESSABLE(422, "Unprocessable Content"),
    TOO_MANY_REQUESTS(429, "Too Many Requests"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable");

    private final int code;
    private final String phrase;

    Http(int code, String phrase) {
      this.code = code;
      this.phrase = phrase;
    }

    int code() {
      return code;
    }
  }

  Refusals() {}

  /** A problem, and with a stale version the order as it is now. */
  record Denied(@JsonUnwrapped Problem problem, @Nullable OrderRow order) {}

  static RestResponse<Object> response(Answer.Refusal refusal) {
    var status = status(refusal.reason());
    var problem =
        new Problem(
            "about:blank",
            status.phrase,
            status.code,
            refusal.reason().name(),
            refusal.detail(),
            refusal.params(),
            null,
            null);
    return RestResponse.ResponseBuilder.<Object>create(status.code, status.phrase)
        .entity(new Denied(problem, refusal.order()))
        .header("Content-Type", Problem.MEDIA_TYPE)
        .build();
  }

  static RestResponse<Object> refused(DenialReason reason, Object... params) {
    var denial = reason.with(params);
    return response(new Answer.Refusal(reason, denial.detail(), denial.params(), null));
  }

  static Uni<RestResponse<Object>> unknownAccount(String acct) {
    return Uni.createFrom().item(refused(DenialReason.UNKNOWN_ACCOUNT, acct));
  }

  static Http status(DenialReason reason) {
    return switch (reason) {
      case UNKNOWN_ACCOUNT, UNKNOWN_ORDER -> Http.NOT_FOUND;
      case DUPLICATE_CL_ORD_ID,
          ORDER_ALREADY_DONE,
          ORDER_TRIGGERED,
          CANCEL_IN_FLIGHT,
          STALE_VERSION,
          OCO_GROUP_OVER,
          NOT_IN_DOUBT ->
          Http.CONFLICT;
      case ORDER_RATE -> Http.TOO_MANY_REQUESTS;
      case TAPE_DOWN, RECONCILING, RISK_STATE_STALE, FEED_NOT_TRUSTED, VENUE_DOWN ->
          Http.SERVICE_UNAVAILABLE;
      case ACCOUNT_QUARANTINED,
          UNKNOWN_SYMBOL,
          OFF_TICK,
          INVALID_QTY,
          QTY_BELOW_FILLED,
          INVALID_PRICE_FOR_TYPE,
          INVALID_EXPIRE_AT,
          WRONG_SIDE_OF_MARKET,
          PRICE_OUTSIDE_COLLAR,
          MAX_ORDER_QTY,
          MAX_POSITION,
          MAX_WORKING_ORDERS,
          REDUCE_ONLY_WOULD_INCREASE,
          BRACKET_CHILD_QTY_FOLLOWS_POSITION,
          BRACKET_INCOMPLETE,
          TRADING_HALTED,
          TRADING_REDUCING,
          DAILY_LOSS_LIMIT,
          DRAWDOWN_LIMIT,
          TRADE_COUNT_LIMIT,
          OUTSIDE_HOURS,
          RISK_LOCK,
          SESSION_CLOSED,
          UNSUPPORTED_BY_VENUE ->
          Http.UNPROCESSABLE;
    };
  }

  @ServerExceptionMapper
  public RestResponse<Problem> malformed(MalformedRequestException e) {
    return Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage()))
        .response();
  }

  @ServerExceptionMapper
  public RestResponse<Problem> notOwner(NotOwnerException e) {
    return Problem.of(
            Status.SERVICE_UNAVAILABLE, "NOT_OWNER", e.getMessage() + "; ask again in a moment")
        .response();
  }

  @ServerExceptionMapper
  public RestResponse<Problem> busy(BusyException e) {
    return Problem.of(Status.SERVICE_UNAVAILABLE, "BUSY", String.valueOf(e.getMessage()))
        .response();
  }

  @ServerExceptionMapper
  public RestResponse<Problem> unknown(OutcomeUnknownException e) {
    return Problem.of(
            Status.SERVICE_UNAVAILABLE,
            "OUTCOME_UNKNOWN",
            "it is not known whether the request was taken; the same request with the same id tells")
        .response();
  }
}
