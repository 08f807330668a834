package io.tapeline.bridge.door.http;

import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.DoorConfig;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.door.Scope;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The way in for a team: whoever its identity provider (OIDC, authorization code flow) sends here
 * gets a session of ours, as far as the provider's roles go. Off unless configured.
 */
@Path("/sign-in/team")
class TeamSignInResource {
  private static final Pattern GOOD_NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

  private final Doorkeeper doorkeeper;
  private final Entry entry;
  private final DoorConfig.Team team;
  private final RoutingContext call;
  private final SecurityIdentity identity;
  private final OidcSession provider;

  @Inject
  TeamSignInResource(
      Doorkeeper doorkeeper,
      Entry entry,
      DoorConfig config,
      RoutingContext call,
      SecurityIdentity identity,
      OidcSession provider) {
    this.doorkeeper = doorkeeper;
    this.entry = entry;
    this.team = config.team();
    this.call = call;
    this.identity = identity;
    this.provider = provider;
  }

  @GET
  @Authenticated
  @Produces(MediaType.TEXT_HTML)
  public Uni<RestResponse<String>> signIn() {
    var user = identity.getPrincipal().getName();
    var scope = scope();
    // The owner of the installation comes in by a link, and nobody else by that name.
    if (scope.isEmpty() || !GOOD_NAME.matcher(user).matches() || doorkeeper.isOwner(user))
      return provider
          .logout()
          .replaceWith(
              () ->
                  RestResponse.ResponseBuilder.<String>create(RestResponse.Status.FORBIDDEN)
                      .entity(SignInPages.NOT_OF_THE_TEAM)
                      .build());
    return doorkeeper
        .signInMember(user, scope.get())
        .call(provider::logout)
        .map(
            session -> {
              entry.letIn(call, session);
              return RestResponse.ResponseBuilder.<String>create(RestResponse.Status.SEE_OTHER)
                  .header("Location", "/")
                  .header("Cache-Control", "no-store")
                  .build();
            });
  }

  /** The widest scope whose role the provider names. */
  private Optional<Scope> scope() {
    var roles = Objects.requireNonNull(identity.getRoles());
    if (roles.contains(team.adminRole())) return Optional.of(Scope.ADMIN);
    if (roles.contains(team.tradeRole())) return Optional.of(Scope.TRADE);
    return roles.contains(team.readRole()) ? Optional.of(Scope.READ) : Optional.empty();
  }
}
