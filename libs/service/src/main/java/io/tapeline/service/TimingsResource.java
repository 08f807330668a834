package io.tapeline.service;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.timing.Timing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long what took, and what calls were made: of this service, and of those it speaks for. */
@Path("/api/timings")
public class TimingsResource {
  private final Timing timing;
  private final ApiCalls calls;
  private final Instance<TimingsOfOthers> others;
  private final SecurityIdentity caller;
  private final String service;

  @Inject
  TimingsResource(
      Timing timing,
      ApiCalls calls,
      Instance<TimingsOfOthers> others,
      SecurityIdentity caller,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.timing = timing;
    this.calls = calls;
    this.others = others;
    this.caller = caller;
    this.service = service;
  }

  /**
   * @param calls of the last minute: those to venues, and those of the caller; of everybody for an
   *     admin
   * @param missing services that did not answer in time
   */
  public record Timings(List<TimingRow> items, List<CallsRow> calls, List<String> missing) {}

  /**
   * @param missing services that did not hear of it in time
   */
  public record Reset(List<String> missing) {}

  @GET
  @RolesAllowed("read")
  public Uni<Timings> timings() {
    var own = timing.states().stream().map(state -> TimingRow.of(service, state)).toList();
    var calls = this.calls.rows().stream().filter(this::mayBeSeen).toList();
    if (others.isUnsatisfied()) return Uni.createFrom().item(new Timings(own, calls, List.of()));
    return others
        .get()
        .all()
        .map(
            told -> {
              var items = new ArrayList<>(own);
              items.addAll(told.items());
              var all = new ArrayList<>(calls);
              all.addAll(told.calls());
              return new Timings(items, all, told.missing());
            });
  }

  private boolean mayBeSeen(CallsRow row) {
    return row.user() == null
        || row.user().equals(caller.getPrincipal().getName())
        || caller.hasRole("admin");
  }

  @DELETE
  @RolesAllowed("admin")
  public Uni<Reset> reset() {
    timing.reset();
    if (others.isUnsatisfied()) return Uni.createFrom().item(new Reset(List.of()));
    return others.get().reset(caller.getPrincipal().getName()).map(Reset::new);
  }
}
