package io.tapeline.bridge.door.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Secret;
import io.tapeline.contract.Json;
import io.tapeline.service.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

/**
 * Knows the holders of sessions (cookie) and API tokens (bearer). Service tokens are the business
 * of the mechanism that all services share.
 */
@ApplicationScoped
class DoorMechanism implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";

  private final Doorkeeper doorkeeper;

  @Inject
  DoorMechanism(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  @Override
  public int getPriority() {
    // above OIDC, which has DEFAULT_PRIORITY + 1: who is not signed in is told so, and not sent
    // away
    return DEFAULT_PRIORITY + 100;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext call, IdentityProviderManager identities) {
    var header = call.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      if (!header.startsWith(BEARER + Doorkeeper.TOKEN_PREFIX)) return Uni.createFrom().nullItem();
      return doorkeeper
          .byToken(Secret.claimed(header.substring(BEARER.length())))
          .map(caller -> Callers.identity(caller.orElseThrow(AuthenticationFailedException::new)));
    }
    var session = SessionCookie.of(call.request());
    if (session == null) return Uni.createFrom().nullItem();
    return doorkeeper
        .bySession(session)
        .chain(
            caller ->
                caller.isPresent()
                    ? Uni.createFrom().item(Callers.identity(caller.get()))
                    : Uni.createFrom().nullItem());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext call) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext call) {
    var problem =
        Problem.of(
            Response.Status.UNAUTHORIZED,
            "NOT_SIGNED_IN",
            "sign in with a one-time link, or send a valid token");
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader("WWW-Authenticate", "Bearer")
        .end(Buffer.buffer(Json.bytes(problem)));
    return Uni.createFrom().item(true);
  }
}
