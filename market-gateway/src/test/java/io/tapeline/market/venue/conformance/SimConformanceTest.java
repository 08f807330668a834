package io.tapeline.market.venue.conformance;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.faults.domain.FaultPresets;
import io.tapeline.market.faults.domain.FaultProfile;
import io.tapeline.market.sim.domain.Listing;
import io.tapeline.market.sim.domain.MarketCharacter;
import io.tapeline.market.sim.domain.SimExchange;
import io.tapeline.market.sim.domain.SimRules;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The practice exchange, with a good line and with every bad one there is. Mostly it waits for a
 * slow line, so several wait at once.
 */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass(name = "{0}")
@MethodSource("presets")
class SimConformanceTest extends VenueConformance {
  private static final Symbol ES = new Symbol("ESZ6");
  private final String preset;
  private final List<String> counted = new CopyOnWriteArrayList<>();

  SimConformanceTest(String preset) {
    this.preset = preset;
  }

  static List<String> presets() {
    return FaultPresets.names();
  }

  @Override
  Talk open() throws Exception {
    var character = new MarketCharacter(1, 50, 5, 30, 60, 5, 3, 0.05);
    var listing = new Listing(ES, new Price(26_800), character);
    var venue =
        PracticeVenues.sim(
            "sim",
            List.of(listing),
            SimRules.PLAIN,
            11,
            InstantSource.system(),
            new ForgetfulMemory(),
            () -> true,
            faults(),
            counted::add);
    return new Talk(venue, ES, faults());
  }

  @Override
  FaultProfile faults() {
    return FaultPresets.named(preset).withSeed(5);
  }

  /** Else the suite would hold a venue that nothing is wrong with. */
  @Test
  void whatThisProfileIsAboutHappens() throws Exception {
    for (int i = 0; i < 10; i++) {
      talk.take("t" + i, i % 2 == 0 ? Side.BUY : Side.SELL, 3);
      talk.place("w" + i, Side.BUY, 2, low());
      talk.cancel("w" + i, 2);
    }
    talk.until(this::happened, preset);
  }

  private boolean happened() throws Exception {
    return switch (preset) {
      case "none" -> said(ExchangeEvent.Filled.class) > 0 && counted.isEmpty();
      case "slow-acks" -> isLate("slow" + talk.said.size());
      case "lost-acks" -> counted.contains("lost-ack");
      case "lost-requests" -> counted.contains("lost-request");
      case "duplicates" ->
          counted.contains("duplicate") && talk.said.size() > Set.copyOf(talk.said).size();
      case "out-of-order" -> counted.contains("out-of-order");
      case "late-fills" -> counted.containsAll(List.of("late-fill", "fill-before-cancel"));
      case "partial-fills" ->
          counted.contains("partial-fill") && said(ExchangeEvent.Filled.class) > 10;
      case "rejects" -> counted.contains("reject") && said(ExchangeEvent.Rejected.class) > 0;
      case "busts" -> counted.contains("bust") && said(ExchangeEvent.Busted.class) > 0;
      case "corrections" ->
          counted.contains("correction") && said(ExchangeEvent.Corrected.class) > 0;
      case "mute-feed" -> counted.contains("mute-quote") && talk.quotes.isEmpty();
      case "halt" ->
          talk.said.stream()
              .anyMatch(
                  event ->
                      event instanceof ExchangeEvent.Rejected no
                          && no.code().equals(SimExchange.HALTED));
      case "crossed-book" -> spread().filter(ticks -> ticks < 0).isPresent();
      case "gapped-book" -> spread().filter(ticks -> ticks > 8).isPresent();
      case "skewed-clock" -> said(ExchangeEvent.Filled.class) > 0 && isAllAhead();
      default -> throw new AssertionError("what does " + preset + " do?");
    };
  }

  private long said(Class<? extends ExchangeEvent> kind) {
    return talk.said.stream().filter(kind::isInstance).count();
  }

  /** The venue knows the order before it has said so. */
  private boolean isLate(String id) throws Exception {
    talk.place(id, Side.BUY, 1, low());
    return talk.find(id).isPresent() && talk.of(id).isEmpty();
  }

  private Optional<Long> spread() {
    return talk.quotes.stream()
        .filter(quote -> quote.bidPx() != null && quote.askPx() != null)
        .map(quote -> quote.askPx().ticksAbove(quote.bidPx()))
        .findFirst();
  }

  private boolean isAllAhead() {
    var soon = Instant.now().plusSeconds(30);
    return !talk.quotes.isEmpty()
        && talk.venue.clock().venueTime().isAfter(soon)
        && talk.quotes.getLast().venueTime().isAfter(soon)
        && talk.said.getLast().venueTime().isAfter(soon);
  }

  @Override
  Price low() {
    return new Price(20_000);
  }
}
