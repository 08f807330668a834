package io.tapeline.bridge.door.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.domain.Secret;
import io.tapeline.door.Scope;
import io.tapeline.service.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The way in for browsers: a link that works once, and the cookie it is exchanged for. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
class SignInResource {
  private final Doorkeeper doorkeeper;
  private final Entry entry;
  private final RoutingContext call;
  private final SecurityIdentity identity;

  @Inject
  SignInResource(
      Doorkeeper doorkeeper, Entry entry, RoutingContext call, SecurityIdentity identity) {
    this.doorkeeper = doorkeeper;
    this.entry = entry;
    this.call = call;
    this.identity = identity;
  }

  record Link(String path) {}

  record Code(@Nullable String code) {}

  /** Who is signed in. */
  record Me(String user, String name, String scope, Set<String> scopes, List<String> accounts) {}

  @POST
  @Path("sign-in-links")
  @RolesAllowed("admin")
  public Uni<RestResponse<Link>> link() {
    if (Objects.requireNonNull(Callers.of(identity)).via() != Caller.Via.INSTALLATION)
      return Uni.createFrom()
          .item(
              Problem.of(
                      Response.Status.FORBIDDEN,
                      "NOT_ALLOWED",
                      "links are made by ./tapeline on the machine it runs on")
                  .response());
    return doorkeeper
        .link()
        .map(
            code ->
                RestResponse.status(
                    RestResponse.Status.CREATED, new Link("/sign-in?code=" + code.text())));
  }

  @POST
  @Path("sign-in")
  @PermitAll
  public Uni<RestResponse<Void>> signIn(Code body) {
    if (!entry.mayTry(call))
      return Uni.createFrom()
          .item(
              Problem.of(
                      Response.Status.TOO_MANY_REQUESTS,
                      "TOO_MANY_SIGN_INS",
                      "too many tries from this address; wait a minute")
                  .response());
    if (body == null || body.code() == null)
      return Uni.createFrom()
          .item(
              Problem.of(Response.Status.BAD_REQUEST, "MALFORMED_REQUEST", "a code is needed")
                  .response());
    return doorkeeper
        .signIn(Secret.claimed(body.code()))
        .map(
            session -> {
              if (session.isEmpty())
                return Problem.of(
                        Response.Status.UNAUTHORIZED,
                        "CODE_USED_OR_UNKNOWN",
                        "this code was used or never existed; ./tapeline run prints a new link")
                    .response();
              entry.letIn(call, session.get());
              return RestResponse.noContent();
            });
  }

  @POST
  @Path("sign-out")
  @PermitAll
  public Uni<RestResponse<Void>> signOut() {
    var session = SessionCookie.of(call.request());
    SessionCookie.clear(call.request(), call.response());
    if (session == null) return Uni.createFrom().item(RestResponse.noContent());
    return doorkeeper.signOut(session).replaceWith(RestResponse.noContent());
  }

  @GET
  @Path("me")
  @RolesAllowed("read")
  public Uni<Me> me() {
    var caller = Objects.requireNonNull(Callers.of(identity));
    return doorkeeper
        .accountsOf(caller)
        .map(
            accounts ->
                new Me(
                    caller.user(),
                    caller.user(),
                    caller.scope(),
                    Scope.of(caller.scope()).labels(),
                    accounts.stream().sorted().toList()));
  }
}
