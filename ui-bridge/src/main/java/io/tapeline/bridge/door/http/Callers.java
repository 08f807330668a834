package io.tapeline.bridge.door.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.door.Scope;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A caller as the framework's identity, and back. */
public final class Callers {
  private static final String ATTRIBUTE = "tapeline.caller";

  private Callers() {}

  static SecurityIdentity identity(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(caller.user()))
        .addRoles(Scope.of(caller.scope()).labels())
        .addAttribute(ATTRIBUTE, caller)
        .build();
  }

  /** Who made the call; null: nobody we know. */
  public static @Nullable Caller of(RoutingContext call) {
    return call.user() instanceof QuarkusHttpUser user ? of(user.getSecurityIdentity()) : null;
  }

  /** Who that is; whoever came with neither cookie nor API token came with the installation's. */
  public static @Nullable Caller of(SecurityIdentity identity) {
    if (identity.isAnonymous()) return null;
    if (identity.getAttribute(ATTRIBUTE) instanceof Caller caller) return caller;
    var scope = Scope.READ;
    for (var wider : Scope.values()) if (identity.hasRole(wider.label())) scope = wider;
    return new Caller(
        identity.getPrincipal().getName(), scope.label(), Caller.Via.INSTALLATION, "");
  }
}
