package io.tapeline.orders.http;

import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.BusyException;
import io.tapeline.orders.app.NotOwnerException;
import io.tapeline.orders.app.OutcomeUnknownException;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.service.Problem;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every way to say no, as a problem with a status. */
final class Refusals {
  Refusals() {}

  static Problem problem(Answer.Refusal refusal) {
    return Problem.of(
        status(refusal.reason()), refusal.reason().name(), refusal.detail(), refusal.params());
  }

  static Status status(DenialReason reason) {
    return switch (reason) {
      case UNKNOWN_ACCOUNT, UNKNOWN_ORDER -> Status.NOT_FOUND;
      case DUPLICATE_CL_ORD_ID, ORDER_ALREADY_DONE, NOT_IN_DOUBT -> Status.CONFLICT;
      case ORDER_RATE -> Status.TOO_MANY_REQUESTS;
      case TAPE_DOWN, RECONCILING, VENUE_DOWN -> Status.SERVICE_UNAVAILABLE;
      case ACCOUNT_QUARANTINED,
          UNKNOWN_SYMBOL,
          OFF_TICK,
          INVALID_QTY,
          INVALID_PRICE_FOR_TYPE,
          PRICE_OUTSIDE_COLLAR,
          MAX_ORDER_QTY,
          MAX_POSITION,
          MAX_WORKING_ORDERS,
          REDUCE_ONLY_WOULD_INCREASE,
          UNSUPPORTED_BY_VENUE ->
          UNPROCESSABLE;
    };
  }

  private static final Status UNPROCESSABLE = Status.fromStatusCode(422);

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
