package io.tapeline.market.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.bars.SessionCalendar;
import io.tapeline.contract.Json;
import io.tapeline.market.catalogue.Contract;
import io.tapeline.market.dbn.DbnFile;
import io.tapeline.market.faults.domain.FaultPresets;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.replay.domain.BrokenRecordingException;
import io.tapeline.market.replay.domain.ReplayFacts;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.sim.domain.TradingHours;
import io.tapeline.market.store.Leases;
import io.tapeline.market.store.PostgresPracticeMemory;
import io.tapeline.market.store.Transactions;
import io.tapeline.market.venue.CalendarHours;
import io.tapeline.market.venue.CountedVenue;
import io.tapeline.market.venue.FaultsConfig;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.market.venue.SimConfig;
import io.tapeline.market.venue.domain.Speed;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.model.Symbol;
import io.tapeline.service.ApiCalls;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes the venue that the configuration names. */
final class Venues {
  static final String SIM = "sim";
  static final String REPLAY = "replay";
  private static final Logger LOG = Logger.getLogger(Venues.class);

  private final ReplayConfig replay;
  private final SimConfig sim;
  private final Transactions transactions;
  private final InstantSource clock;
  private final FaultProfile faults;
  private final MeterRegistry meters;
  private final ApiCalls calls;

  /**
   * What can be made.
   *
   * @throws IllegalArgumentException when the configuration cannot be right
   */
  Venues(
      ReplayConfig replay,
      SimConfig sim,
      FaultsConfig faults,
      Transactions transactions,
      InstantSource clock,
      MeterRegistry meters,
      ApiCalls calls) {
    var _ = Speed.parse(replay.speed());
    this.replay = replay;
    this.sim = sim;
    this.transactions = transactions;
    this.clock = clock;
    this.faults = FaultPresets.named(faults.preset()).withSeed(faults.seed());
    this.meters = meters;
    this.calls = calls;
  }

  /** Takes in what the recordings name, so that it is published before their market is. */
  void list(String venue, Instruments instruments) {
    if (!venue.equals(REPLAY)) return;
    for (var file : replay.files().orElse(List.of())) {
      try {
        var described = DbnFile.describe(file);
        var day = LocalDate.ofInstant(described.start(), ZoneOffset.UTC);
        for (var code : described.symbols()) list(code, day, instruments);
      } catch (BrokenRecordingException e) {
        LOG.debugf("the venue will say it: %s", e.getMessage());
      }
    }
  }

  private static void list(String code, LocalDate day, Instruments instruments) {
    try {
      instruments.addRecorded(new Symbol(code), day);
    } catch (IllegalArgumentException e) {
      LOG.warnf("%s in a recording is no contract: %s", code, e.getMessage());
    }
  }

  Venue make(String venue, Leases.Held lease, Instruments instruments) {
    return new CountedVenue(practice(venue, lease, instruments), what -> calls.count(venue, what));
  }

  private Venue practice(String venue, Leases.Held lease, Instruments instruments) {
    var memory = new PostgresPracticeMemory(transactions, lease.term());
    return switch (venue) {
      case SIM ->
          PracticeVenues.sim(
              venue,
              instruments.traded(sim.roots().orElse(List.of())).stream()
                  .map(contract -> contract.listing(hours(contract), sim.priceLimits()))
                  .toList(),
              new SimRules(sim.nativeOco(), sim.nativeBrackets()),
              sim.seed(),
              clock,
              memory,
              lease::isGood,
              faults,
              this::count);
      case REPLAY ->
          PracticeVenues.behindALine(
              new ReplayVenue(
                  venue,
                  replay,
                  symbol -> instruments.contract(symbol).map(contract -> contract.instrument()),
                  Venues::report,
                  memory,
                  lease::isGood),
              faults,
              this::count);
      default ->
          throw new IllegalArgumentException("tapeline.venue is sim or replay, not " + venue);
    };
  }

  private TradingHours hours(Contract contract) {
    return switch (sim.hours()) {
      case ALWAYS -> TradingHours.ALWAYS;
      case CALENDAR -> new CalendarHours(SessionCalendar.parse(contract.product().session()));
    };
  }

  private void count(String fault) {
    meters.counter("tapeline.venue.faults", "fault", fault).increment();
  }

  private static void report(ReplayFacts facts) {
    try {
      LOG.infof("tapeline: replay facts %s", Json.MAPPER.writeValueAsString(facts));
    } catch (JsonProcessingException e) {
      LOG.error("the facts of a replay have no JSON", e);
    }
  }
}
