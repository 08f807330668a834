package io.tapeline.market.app;

import static io.tapeline.market.app.Bench.inTime;
import static io.tapeline.market.app.Bench.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.Topics;
import io.tapeline.market.faults.domain.FaultPresets;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.store.Leases;
import io.tapeline.market.venue.CalendarHours;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.market.venue.domain.Faulty;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.model.Side;
import io.tapeline.testkit.Tape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The practice exchange by the calendar of its products, on a clock that is set. */
class SessionsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant FRIDAY_NOON = Instant.parse("2026-01-09T18:00:00Z");
  private static final Instant SATURDAY = Instant.parse("2026-01-10T18:00:00Z");
  private static final Instant SUNDAY_EVENING = Instant.parse("2026-01-11T23:30:00Z");

  private final SetClock clock = new SetClock();
  private Bench bench;

  /** Goes on from where it was set. */
  private static final class SetClock implements InstantSource {
    private final InstantSource system = InstantSource.system();
    private volatile Duration ahead = Duration.ZERO;

    void set(Instant to) {
      ahead = Duration.between(system.instant(), to);
    }

    @Override
    public Instant instant() {
      return system.instant().plus(ahead);
    }
  }

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aMarketByCalendarOpensClosesAndHaltsForAllToSee() throws Exception {
    clock.set(FRIDAY_NOON);
    var life = bench.live("calendar", this::sim, "A").reconciled();
    var es = life.instruments.fronts(List.of("ES")).getFirst().symbol().value();
    awaitSession(es, "OPEN", FRIDAY_NOON);
    bench.journal("A", order("low", es, Side.BUY, 3, "6000.00", inTime()));
    bench.awaitReport("Accepted low");

    clock.set(SATURDAY);
    bench.awaitReport("Expired low");
    var closed = awaitSession(es, "CLOSED", SATURDAY);
    assertThat(closed.json().path("feed").asText()).isEqualTo("QUIET");
    bench.journal("A", order("late", es, Side.BUY, 1, "6000.00", inTime()));
    var rejected = bench.awaitReport("Rejected late").json().path("report");
    assertThat(rejected.path("venueCode").asText()).isEqualTo("MARKET_CLOSED");

    clock.set(SUNDAY_EVENING);
    awaitSession(es, "OPEN", SUNDAY_EVENING);
    life.venue.facet(Faulty.class).orElseThrow().misbehave(FaultPresets.named("halt"));
    var halted = awaitSession(es, "HALTED", SUNDAY_EVENING).json().path("venueTime").asText();
    life.venue.facet(Faulty.class).orElseThrow().misbehave(FaultProfile.NONE);
    awaitSession(es, "OPEN", Instant.parse(halted));
    bench.journal("A", order("next", es, Side.BUY, 1, "6000.00", inTime()));
    bench.awaitReport("Accepted next");
  }

  /** The row of the contract, and the venue's own, which has no other contract. */
  private static Tape.Entry awaitSession(String symbol, String session, Instant from) {
    try (var status = Tape.of(Topics.MARKET_STATUS)) {
      status.await(SOON, entry -> isOf(entry, "calendar", session, from));
    }
    try (var status = Tape.of(Topics.MARKET_STATUS)) {
      return status.await(SOON, entry -> isOf(entry, "calendar|" + symbol, session, from));
    }
  }

  private static boolean isOf(Tape.Entry entry, String key, String session, Instant from) {
    return entry.key().equals(key)
        && entry.json().path("session").asText().equals(session)
        && !entry.json().path("feed").asText().equals("DOWN")
        && !Instant.parse(entry.json().path("venueTime").asText()).isBefore(from);
  }

  private Venue sim(Leases.Held lease, Instruments instruments) {
    return PracticeVenues.sim(
        "calendar",
        instruments.fronts(List.of("ES")).stream()
            .map(
                contract ->
                    contract.listing(
                        new CalendarHours(SessionCalendar.parse(contract.product().session())),
                        false))
            .toList(),
        SimRules.PLAIN,
        7,
        clock,
        bench.memory(lease),
        lease::isGood,
        FaultProfile.NONE,
        _ -> {});
  }
}
