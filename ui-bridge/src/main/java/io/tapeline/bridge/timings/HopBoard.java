package io.tapeline.bridge.timings;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.contract.Json;
import io.tapeline.service.Hop;
import io.tapeline.service.TimingRow;
import io.tapeline.service.TimingsOfOthers.Told;
import io.tapeline.timing.Timing;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says on the channel {@code hops}, while anybody follows it, what the hops took: the rows of
 * {@code /api/timings}, in the order of the way. So a page can show them without asking.
 */
@ApplicationScoped
class HopBoard {
  private static final long EVERY_MS = 2_000;

  private final Vertx vertx;
  private final Fanout fanout;
  private final Timing timing;
  private final InnerTimings others;
  private final String service;

  @Inject
  HopBoard(
      Vertx vertx,
      Fanout fanout,
      Timing timing,
      InnerTimings others,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.vertx = vertx;
    this.fanout = fanout;
    this.timing = timing;
    this.others = others;
    this.service = service;
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(EVERY_MS, _ -> look());
  }

  private void look() {
    if (!fanout.board().isFollowed(ChannelName.HOPS)) return;
    // who does not answer is named in what is told
    others.all().subscribe().with(this::tell);
  }

  private void tell(Told told) {
    var own = timing.states().stream().map(state -> TimingRow.of(service, state));
    var rows = Stream.concat(own, told.items().stream()).toList();
    var inOrder = Arrays.stream(Hop.values()).flatMap(hop -> of(hop, rows)).toList();
    fanout
        .board()
        .put(
            ChannelName.HOPS,
            // of the venues alone: everybody follows this
            Json.bytes(new Told(inOrder, told.calls(), told.missing())),
            System.currentTimeMillis());
    fanout.changed();
  }

  private static Stream<TimingRow> of(Hop hop, List<TimingRow> rows) {
    return rows.stream().filter(row -> row.name().equals(hop.label()));
  }
}
