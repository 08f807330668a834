package io.tapeline.bridge.ui;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * The page is asked for anew each time, its parts (their names carry a hash) never again; any path
 * of the app itself is answered with the page. What pages may load and do is said in every answer.
 */
@ApplicationScoped
class UiRoutes {
  private static final int PRIORITY = 380;

  /** After everything that is really there. */
  private static final int LAST = 100_000;

  private static final Pattern OF_THE_APP =
      Pattern.compile("/(?!api/|q/|ws$|assets/|sign-in)[^.]+");
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'"
          + " data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

  void filter(@Observes Filters filters) {
    filters.register(UiRoutes::headers, PRIORITY);
  }

  void register(@Observes Router router) {
    router.route().order(LAST).handler(UiRoutes::page);
  }

  private static void headers(RoutingContext call) {
    var headers = call.response().headers();
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (!call.normalizedPath().startsWith("/api/")) {
      call.addHeadersEndHandler(
          _ ->
              headers.set(
                  HttpHeaders.CACHE_CONTROL,
                  call.normalizedPath().startsWith("/assets/")
                          && call.response().getStatusCode() == 200
                      ? "public, max-age=31536000, immutable"
                      : "no-cache"));
    }
    call.next();
  }

  private static void page(RoutingContext call) {
    var accept = call.request().getHeader(HttpHeaders.ACCEPT);
    if (call.request().method().equals(HttpMethod.GET)
        && accept != null
        && accept.contains("text/html")
        && OF_THE_APP.matcher(call.normalizedPath()).matches()) call.reroute("/");
    else call.next();
  }
}
