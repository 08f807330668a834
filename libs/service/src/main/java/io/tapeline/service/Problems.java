package io.tapeline.service;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.FORBIDDEN;
import static jakarta.ws.rs.core.Response.Status.INTERNAL_SERVER_ERROR;
import static jakarta.ws.rs.core.Response.Status.UNAUTHORIZED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every failure that reaches the edge of a service leaves it as a problem with a reason, never as a
 * stack trace.
 */
final class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  Problems() {}

  @ServerExceptionMapper
  RestResponse<Problem> malformed(JsonProcessingException e) {
    return malformedRequest(e);
  }

  /** Jackson's own mapper of the framework is more specific than ours unless it is named too. */
  @ServerExceptionMapper
  RestResponse<Problem> mismatched(MismatchedInputException e) {
    return malformedRequest(e);
  }

  @ServerExceptionMapper
  RestResponse<Problem> notSignedIn(UnauthorizedException e) {
    return Problem.of(UNAUTHORIZED, "NOT_SIGNED_IN", "a valid token is needed").response();
  }

  @ServerExceptionMapper
  RestResponse<Problem> notAllowed(ForbiddenException e) {
    return Problem.of(FORBIDDEN, "NOT_ALLOWED", "the token's scope does not go that far")
        .response();
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(WebApplicationException e) {
    var response = e.getResponse();
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException json) return malformedRequest(json);
    }
    var status = RestResponse.Status.fromStatusCode(response.getStatus());
    var phrase = status == null ? "Refused" : status.getReasonPhrase();
    return new Problem(
            "about:blank",
            phrase,
            response.getStatus(),
            phrase.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_'),
            "the request was refused: " + phrase.toLowerCase(Locale.ROOT),
            java.util.Map.of(),
            null,
            null)
        .response();
  }

  @ServerExceptionMapper
  RestResponse<Problem> unexpected(Throwable e) {
    LOG.error("request failed", e);
    return Problem.of(
            INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "something failed here; the log of the service says what")
        .response();
  }

  private static RestResponse<Problem> malformedRequest(JsonProcessingException e) {
    var where =
        e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                && !mapping.getPath().isEmpty()
            ? mapping.getPath().stream()
                .map(
                    step ->
                        step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : step.getFieldName())
                .collect(Collectors.joining(".", " at ", ""))
            : "";
    return Problem.of(
            BAD_REQUEST, "MALFORMED_REQUEST", "the body is not the JSON expected here" + where)
        .response();
  }
}
