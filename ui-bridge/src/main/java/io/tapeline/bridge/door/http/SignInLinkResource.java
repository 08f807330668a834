package io.tapeline.bridge.door.http;

import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Secret;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where the one-time link leads: straight on to the desk, or to a page that says what to do. */
@Path("/sign-in")
class SignInLinkResource {
  private final Doorkeeper doorkeeper;
  private final Entry entry;
  private final RoutingContext call;

  @Inject
  SignInLinkResource(Doorkeeper doorkeeper, Entry entry, RoutingContext call) {
    this.doorkeeper = doorkeeper;
    this.entry = entry;
    this.call = call;
  }

  @GET
  @PermitAll
  @Produces(MediaType.TEXT_HTML)
  public Uni<RestResponse<String>> followLink(@RestQuery @Nullable String code) {
    if (!entry.mayTry(call)) return Uni.createFrom().item(page(429, SignInPages.TOO_MANY));
    if (code == null) return Uni.createFrom().item(page(400, SignInPages.NO_CODE));
    return doorkeeper
        .signIn(Secret.claimed(code))
        .map(
            session -> {
              if (session.isEmpty()) return page(410, SignInPages.USED);
              entry.letIn(call, session.get());
              return RestResponse.ResponseBuilder.<String>create(RestResponse.Status.SEE_OTHER)
                  .header("Location", "/")
                  .header("Cache-Control", "no-store")
                  .build();
            });
  }

  private static RestResponse<String> page(int status, String html) {
    return RestResponse.ResponseBuilder.<String>create(
            Objects.requireNonNull(RestResponse.Status.fromStatusCode(status)))
        .entity(html)
        .header("Cache-Control", "no-store")
        .build();
  }
}
