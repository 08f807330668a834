package io.tapeline.bridge.timings;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.http.Callers;
import io.tapeline.service.ApiCalls;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Counts the REST calls of everybody who is known, each browser by itself. */
@ApplicationScoped
class CallMeter {
  /** Somewhere before who answers. */
  private static final int PRIORITY = 340;

  private static final int SHOWN_OF_A_PASS = 6;

  private final ApiCalls calls;

  @Inject
  CallMeter(ApiCalls calls) {
    this.calls = calls;
  }

  void register(@Observes Filters filters) {
    filters.register(this::count, PRIORITY);
  }

  private void count(RoutingContext call) {
    if (call.normalizedPath().startsWith("/api/"))
      call.addEndHandler(
          _ -> {
            var caller = Callers.of(call);
            if (caller != null) calls.count(name(caller), caller.user(), kind(call));
          });
    call.next();
  }

  /** Two browsers of one user are two; what a pass is stays unknown. */
  private static String name(Caller caller) {
    var pass = caller.pass().substring(0, Math.min(SHOWN_OF_A_PASS, caller.pass().length()));
    return switch (caller.via()) {
      case SESSION -> caller.user() + ", browser " + pass;
      case API_TOKEN -> caller.user() + ", token " + pass;
      case INSTALLATION -> caller.user() + ", installation";
    };
  }

  /** {@code GET /api/accounts/{}/orders}: every second part names one thing of many. */
  private static String kind(RoutingContext call) {
    var kind = new StringBuilder(call.request().method().name()).append(" /api");
    var parts = call.normalizedPath().substring("/api/".length()).split("/");
    for (int i = 0; i < parts.length; i++) kind.append('/').append(i % 2 == 0 ? parts[i] : "{}");
    return kind.toString();
  }
}
