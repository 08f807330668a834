package io.tapeline.market.venue.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes(2);

  @Test
  void cancelsGoFirst() {
    lanes.offer(place("A", "a1"));
    lanes.offer(cancel("A", "a0"));
    assertThat(sent()).containsExactly("cancel a0", "place a1");
  }

  @Test
  void accountsTakeTurns() {
    lanes.offer(place("A", "a1"));
    lanes.offer(place("A", "a2"));
    lanes.offer(place("B", "b1"));
    assertThat(sent()).containsExactly("place a1", "place b1", "place a2");
  }

  @Test
  void aCancelOfAnUnsentOrderTakesItOut() {
    lanes.offer(place("A", "a1"));
    var offer = lanes.offer(cancel("A", "a1"));
    assertThat(offer).isEqualTo(new Lanes.Offer.Annihilated(List.of(place("A", "a1"))));
    assertThat(sent()).isEmpty();
    assertThat(lanes.isEmpty()).isTrue();
  }

  @Test
  void aCancelOfAnotherAccountsOrderOfThatNameDoesNot() {
    lanes.offer(place("A", "a1"));
    lanes.offer(cancel("B", "a1"));
    assertThat(sent()).containsExactly("cancel a1", "place a1");
  }

  @Test
  void aChangeStaysBehindItsUnsentOrder() {
    lanes.offer(place("A", "a1"));
    lanes.offer(replace("A", "a1"));
    assertThat(sent()).containsExactly("place a1", "replace a1");
  }

  @Test
  void aCancelTakesOutAnUnsentOrderWithItsChange() {
    lanes.offer(place("A", "a1"));
    lanes.offer(replace("A", "a1"));
    assertThat(lanes.offer(cancel("A", "a1")))
        .isEqualTo(new Lanes.Offer.Annihilated(List.of(place("A", "a1"), replace("A", "a1"))));
    assertThat(lanes.isEmpty()).isTrue();
  }

  @Test
  void aCancelBeatsAnUnsentChangeOfAnOrderThatWasSent() {
    lanes.offer(replace("A", "a1"));
    assertThat(lanes.offer(cancel("A", "a1")))
        .isEqualTo(new Lanes.Offer.Queued(List.of(replace("A", "a1"))));
    assertThat(sent()).containsExactly("cancel a1");
  }

  @Test
  void aCancelThatFindsItsLaneFullTakesNothingOut() {
    lanes.offer(cancel("A", "x"));
    lanes.offer(cancel("A", "y"));
    lanes.offer(replace("A", "a1"));
    assertThat(lanes.offer(cancel("A", "a1"))).isEqualTo(new Lanes.Offer.Full());
    assertThat(sent()).containsExactly("cancel x", "cancel y", "replace a1");
  }

  @Test
  void aFullLaneTakesNoOrderButStillCancels() {
    lanes.offer(place("A", "a1"));
    lanes.offer(place("A", "a2"));
    assertThat(lanes.offer(place("A", "a3"))).isEqualTo(new Lanes.Offer.Full());
    assertThat(lanes.offer(cancel("A", "a0"))).isEqualTo(new Lanes.Offer.Queued(List.of()));
    assertThat(lanes.offer(place("B", "b1"))).isEqualTo(new Lanes.Offer.Queued(List.of()));
  }

  @Test
  void whatWaitsIsKnownToWait() {
    lanes.offer(place("A", "a1"));
    assertThat(lanes.holds(place("A", "a1").id())).isTrue();
    lanes.poll();
    assertThat(lanes.holds(place("A", "a1").id())).isFalse();
  }

  private Stream<String> sent() {
    return Stream.generate(lanes::poll)
        .takeWhile(next -> next.isPresent())
        .map(
            next ->
                switch (next.get()) {
                  case VenueRequest.Place place -> "place " + place.clOrdId();
                  case VenueRequest.Replace replace -> "replace " + replace.clOrdId();
                  case VenueRequest.Cancel cancel -> "cancel " + cancel.clOrdId();
                });
  }

  private static VenueRequest.Place place(String account, String clOrdId) {
    var id = new RequestId(new AccountId(account), new ClOrdId(clOrdId), 1);
    return new VenueRequest.Place(
        id,
        NewOrder.market(id.account(), id.clOrdId(), new Symbol("ESH4"), Side.BUY, new Qty(1)),
        Instant.MAX);
  }

  private static VenueRequest.Replace replace(String account, String clOrdId) {
    var place = place(account, clOrdId);
    var id = new RequestId(place.account(), place.clOrdId(), 2);
    return new VenueRequest.Replace(id, place.order().withQty(new Qty(3)), Instant.MAX);
  }

  private static VenueRequest.Cancel cancel(String account, String clOrdId) {
    return new VenueRequest.Cancel(new RequestId(new AccountId(account), new ClOrdId(clOrdId), 2));
  }
}
