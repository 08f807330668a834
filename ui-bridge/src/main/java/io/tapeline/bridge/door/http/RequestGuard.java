package io.tapeline.bridge.door.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tapeline.bridge.door.store.AuditLog;
import io.tapeline.contract.Json;
import io.tapeline.service.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before anybody asks who sent it: it gets an id, it must not come from
 * the page of another site, and if it changes something it is put on record.
 */
@ApplicationScoped
public class RequestGuard {
  public static final String REQUEST_ID = "X-Request-Id";

  private static final String OUR_PAGE = "X-Tapeline";
  private static final Pattern GOOD_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** After the check of the host's name, before authentication. */
  private static final int PRIORITY = 350;

  private final AuditLog audit;

  @Inject
  RequestGuard(AuditLog audit) {
    this.audit = audit;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext call) {
    var request = call.request();
    var id = requestId(request);
    call.put(REQUEST_ID, id);
    call.response().putHeader(REQUEST_ID, id);
    var path = call.normalizedPath();
    if (path.startsWith("/api/")) call.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (path.startsWith("/api/") && !HARMLESS.contains(request.method())) {
      call.addEndHandler(_ -> record(call, path, id));
      var refusal = refusal(request);
      if (refusal != null) {
        answer(call, refusal);
        return;
      }
    }
    call.next();
  }

  private static String requestId(HttpServerRequest request) {
    var given = request.getHeader(REQUEST_ID);
    return given != null && GOOD_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  private static @Nullable Problem refusal(HttpServerRequest request) {
    if (!isSameOrigin(request))
      return Problem.of(
          Response.Status.FORBIDDEN,
          "WRONG_ORIGIN",
          "this request comes from the page of another site");
    if (!request.headers().contains(HttpHeaders.AUTHORIZATION)
        && !"1".equals(request.getHeader(OUR_PAGE)))
      return Problem.of(
          Response.Status.FORBIDDEN,
          "CROSS_SITE_REQUEST",
          "a browser must send the header X-Tapeline: 1, which other sites cannot");
    return null;
  }

  /** Whether the page that sent this, if a page did, is one of ours. */
  public static boolean isSameOrigin(HttpServerRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) return true;
    try {
      var authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static void answer(RoutingContext call, Problem problem) {
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }

  private void record(RoutingContext call, String path, String id) {
    var caller = Callers.of(call);
    audit.add(
        new AuditLog.Line(
            Instant.now(),
            caller == null ? "" : caller.user(),
            call.request().method().name(),
            path,
            call.response().getStatusCode(),
            id));
  }
}
