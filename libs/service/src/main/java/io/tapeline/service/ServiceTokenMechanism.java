package io.tapeline.service;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.door.MetricsToken;
import io.tapeline.door.NotAuthenticException;
import io.tapeline.door.ServiceToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets in calls that carry a service token; the scopes it includes become roles (read, trade,
 * admin). To the metrics, and to nothing else, also whoever shows the token for metrics.
 */
@ApplicationScoped
public class ServiceTokenMechanism implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";
  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
  private static final String METRICS = "/q/metrics";

  private final Door door;

  @Inject
  ServiceTokenMechanism(Door door) {
    this.door = door;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext call, IdentityProviderManager identities) {
    var header = call.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(BEARER)) return Uni.createFrom().nullItem();
    var token = header.substring(BEARER.length());
    if (MetricsToken.looksLikeOne(token)) return Uni.createFrom().item(scraper(call, token));
    if (!ServiceToken.looksLikeOne(token)) return Uni.createFrom().nullItem();
    try {
      return Uni.createFrom().item(identity(door.verify(token)));
    } catch (NotAuthenticException e) {
      return Uni.createFrom().failure(new AuthenticationFailedException(e));
    }
  }

  /** Without a role; null, so nobody, anywhere but at the metrics. */
  private @Nullable SecurityIdentity scraper(RoutingContext call, String token) {
    if (!METRICS.equals(call.request().path()) || !door.isForMetrics(token)) return null;
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("metrics")).build();
  }

  private static SecurityIdentity identity(ServiceToken token) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(token.user()))
        .addRoles(token.scope().labels())
        .build();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext call) {
    return Uni.createFrom().item(new ChallengeData(401, WWW_AUTHENTICATE, "Bearer"));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext call) {
    var problem =
        Problem.of(Response.Status.UNAUTHORIZED, "NOT_SIGNED_IN", "a valid token is needed");
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(WWW_AUTHENTICATE, "Bearer")
        .end(Buffer.buffer(Json.bytes(problem)));
    return Uni.createFrom().item(true);
  }
}
