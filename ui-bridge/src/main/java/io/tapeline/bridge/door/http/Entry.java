package io.tapeline.bridge.door.http;

import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Secret;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who may try to sign in, and what a browser is given that may come in. */
@ApplicationScoped
class Entry {
  private final Doorkeeper doorkeeper;
  private final SignInAttempts attempts;

  @Inject
  Entry(Doorkeeper doorkeeper, SignInAttempts attempts) {
    this.doorkeeper = doorkeeper;
    this.attempts = attempts;
  }

  boolean mayTry(RoutingContext call) {
    var address = call.request().remoteAddress();
    var host = address == null ? null : address.hostAddress();
    return attempts.allow(host == null ? "" : host, System.nanoTime());
  }

  void letIn(RoutingContext call, Secret session) {
    SessionCookie.set(call.request(), call.response(), session, doorkeeper.sessionLifetime());
  }
}
