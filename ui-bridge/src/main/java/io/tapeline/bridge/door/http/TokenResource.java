package io.tapeline.bridge.door.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.app.Doorkeeper.NewToken;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.store.DoorStore.TokenRow;
import io.tapeline.door.Scope;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What scripts come in with, and who may see which account. */
@Path("/api")
class TokenResource {
  private static final int LONGEST_NAME = 64;

  private final Doorkeeper doorkeeper;
  private final SecurityIdentity identity;

  @Inject
  TokenResource(Doorkeeper doorkeeper, SecurityIdentity identity) {
    this.doorkeeper = doorkeeper;
    this.identity = identity;
  }

  record Wanted(@Nullable String name, @Nullable String scope, @Nullable Integer days) {}

  record Page<T>(List<T> items) {}

  @POST
  @Path("tokens")
  @RolesAllowed("read")
  public Uni<RestResponse<NewToken>> make(Wanted wanted) {
    var caller = caller();
    Scope scope;
    try {
      scope = Scope.of(wanted.scope() == null ? Scope.READ.label() : wanted.scope());
    } catch (IllegalArgumentException _) {
      return malformed("scope is read, trade or admin");
    }
    if (!Scope.of(caller.scope()).includes(scope))
      return Uni.createFrom()
          .item(
              Problem.of(
                      Response.Status.FORBIDDEN,
                      "NOT_ALLOWED",
                      "a token goes no further than its maker: " + caller.scope())
                  .response());
    if (wanted.name() != null && wanted.name().length() > LONGEST_NAME)
      return malformed("a name has at most " + LONGEST_NAME + " characters");
    if (wanted.days() != null && wanted.days() < 1) return malformed("days is at least 1");
    return doorkeeper
        .newToken(caller, wanted.name(), scope, wanted.days())
        .map(token -> RestResponse.status(RestResponse.Status.CREATED, token));
  }

  @GET
  @Path("tokens")
  @RolesAllowed("read")
  public Uni<Page<TokenRow>> list() {
    return doorkeeper.tokens(caller()).map(Page::new);
  }

  @DELETE
  @Path("tokens/{id}")
  @RolesAllowed("read")
  public Uni<RestResponse<Void>> end(@RestPath long id) {
    return doorkeeper
        .endToken(caller(), id)
        .map(
            ended ->
                ended
                    ? RestResponse.noContent()
                    : Problem.of(
                            Response.Status.NOT_FOUND, "UNKNOWN_TOKEN", "you have no such token")
                        .response());
  }

  @PUT
  @Path("grants/{user}/{account}")
  @RolesAllowed("admin")
  public Uni<RestResponse<Void>> grant(@RestPath String user, @RestPath String account) {
    if (!doorkeeper.isConfigured(account))
      return Uni.createFrom()
          .item(
              Problem.of(Response.Status.NOT_FOUND, "UNKNOWN_ACCOUNT", "no account " + account)
                  .response());
    return doorkeeper.grant(user, account).replaceWith(RestResponse.noContent());
  }

  @DELETE
  @Path("grants/{user}/{account}")
  @RolesAllowed("admin")
  public Uni<RestResponse<Void>> revoke(@RestPath String user, @RestPath String account) {
    return doorkeeper.revokeGrant(user, account).replaceWith(RestResponse.noContent());
  }

  private Caller caller() {
    return Objects.requireNonNull(Callers.of(identity), "roles are checked before");
  }

  private static <T> Uni<RestResponse<T>> malformed(String detail) {
    return Uni.createFrom()
        .item(Problem.of(Response.Status.BAD_REQUEST, "MALFORMED_REQUEST", detail).<T>response());
  }
}
