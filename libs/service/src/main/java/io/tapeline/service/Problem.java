package io.tapeline.service;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A clear refusal (RFC 9457), served as {@code application/problem+json}.
 *
 * @param reason what machines go by: the name of a denial or error
 * @param detail what people read: one sentence
 * @param params the numbers the sentence speaks of
 * @param venueCode the venue's own code, where it spoke
 */
public record Problem(
    String type,
    String title,
    int status,
    String reason,
    String detail,
    Map<String, String> params,
    @Nullable String venueCode,
    @Nullable String venueText) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(Response.Status status, String reason, String detail) {
    return of(status, reason, detail, Map.of());
  }

  public static Problem of(
      Response.Status status, String reason, String detail, Map<String, String> params) {
    return new Problem(
        "about:blank",
        status.getReasonPhrase(),
        status.getStatusCode(),
        reason,
        detail,
        params,
        null,
        null);
  }

  /** This refusal as the answer to a call of any type. */
  @SuppressWarnings(
      "unchecked") // a problem has no entity of type T; the type only satisfies the signature
  public <T> RestResponse<T> response() {
    return (RestResponse<T>)
        RestResponse.ResponseBuilder.<Object>create(status, title)
            .entity(this)
            .header("Content-Type", MEDIA_TYPE)
            .build();
  }
}
