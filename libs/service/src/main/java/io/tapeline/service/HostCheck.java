package io.tapeline.service;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tapeline.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * Refuses calls by a name that is not ours: a page of another site must not reach us by rebinding
 * its own name.
 */
@ApplicationScoped
class HostCheck {
  /** Before authentication, so that nothing is said to a wrong name. */
  private static final int PRIORITY = 400;

  private final Set<String> hosts;

  @Inject
  HostCheck(TapelineConfig config) {
    hosts = Set.copyOf(config.hosts());
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext call) {
    var authority = call.request().authority();
    if (authority != null && hosts.contains(authority.host())) {
      call.next();
      return;
    }
    var problem =
        Problem.of(
            Response.Status.BAD_REQUEST,
            "WRONG_HOST",
            "this service does not go by that name; see tapeline.hosts");
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }
}
