package io.tapeline.bridge.door.http;

import io.tapeline.bridge.door.domain.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a browser keeps its session: scripts cannot read it, other sites cannot send it. */
final class SessionCookie {
  private static final String NAME = "tapeline_session";

  private SessionCookie() {}

  static @Nullable Secret of(HttpServerRequest request) {
    var cookie = request.getCookie(NAME);
    return cookie == null || cookie.getValue().isEmpty() ? null : Secret.claimed(cookie.getValue());
  }

  static void set(
      HttpServerRequest request, HttpServerResponse response, Secret session, Duration lifetime) {
    response.addCookie(cookie(request, session.text()).setMaxAge(lifetime.toSeconds()));
  }

  static void clear(HttpServerRequest request, HttpServerResponse response) {
    response.addCookie(cookie(request, "").setMaxAge(0));
  }

  private static Cookie cookie(HttpServerRequest request, String value) {
    return Cookie.cookie(NAME, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(request.isSSL() || "https".equals(request.getHeader("X-Forwarded-Proto")))
        .setPath("/");
  }
}
