package io.tapeline.market.venue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.model.Price;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import org.junit.jupiter.api.Test;

/** A venue that gives every change an id of its own is, to the gateway, as any other. */
class ChainingVenueConformanceTest extends VenueConformance {
  @Override
  Talk open() throws Exception {
    return new Talk(new ChainingVenue(), new Symbol("ESZ6"), faults());
  }

  @Override
  Price low() {
    return new Price(50);
  }

  @Test
  void theVenuesIdChangesWithEveryChangeAndOursDoesNot() throws Exception {
    talk.place("a", Side.BUY, 3, low());
    talk.replace("a", 2, 2, low());
    talk.replace("a", 3, 1, low());
    talk.quiet();
    assertThat(talk.of("a"))
        .extracting(event -> event.venueOrderId().value())
        .containsExactly("V1", "V2", "V3");
    assertThat(talk.of("a", ExchangeEvent.Replaced.class))
        .extracting(ExchangeEvent.Replaced::requestNo)
        .containsExactly(2L, 3L);
    assertThat(talk.find("a").orElseThrow().venueOrderId().value()).isEqualTo("V3");
  }
}
