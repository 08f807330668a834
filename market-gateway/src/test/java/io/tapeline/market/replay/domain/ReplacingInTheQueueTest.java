package io.tapeline.market.replay.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.OrdStatus;
import org.junit.jupiter.api.Test;

/** What a change does to an order's place in a recorded queue, every number worked out by hand. */
class ReplacingInTheQueueTest {
  /** Bids 100: 5+3, 99: 7. Asks 101: 2+4, 102: 10. Later 6 lots join the bid at 100. */
  private static Tape book() {
    return Tape.mbo()
        .bid(1, 100, 5)
        .bid(2, 100, 3)
        .bid(3, 99, 7)
        .ask(11, 101, 2)
        .ask(12, 101, 4)
        .ask(13, 102, 10)
        .at(10)
        .bid(4, 100, 6);
  }

  @Test
  void fewerLotsKeepThePlace() {
    var desk = Desk.started(book()).to(9).buy("a", 5, 100L).toTheEnd();
    assertThat(desk.replace("a", 2, 3, 100).news()).endsWith("a replaced 2: 3 at 100");
    assertThat(desk.ahead("a")).isEqualTo(8);
  }

  @Test
  void moreLotsLoseIt() {
    var desk = Desk.started(book()).to(9).buy("a", 5, 100L).toTheEnd();
    assertThat(desk.replace("a", 2, 6, 100).ahead("a")).isEqualTo(14);
  }

  @Test
  void anotherPriceLosesItThereAndBack() {
    var desk = Desk.started(book()).to(9).buy("a", 5, 100L).toTheEnd();
    assertThat(desk.replace("a", 2, 5, 99).ahead("a")).isEqualTo(7);
    assertThat(desk.replace("a", 3, 5, 100).ahead("a")).isEqualTo(14);
  }

  @Test
  void whatIsShownAtTheNewPriceIsTaken() {
    var desk = Desk.started(book()).toTheEnd().buy("a", 9, 100L).replace("a", 2, 9, 101);
    assertThat(desk.news())
        .containsExactly("a accepted", "a replaced 2: 9 at 101", "a filled 6 at 101");
    assertThat(desk.status("a")).isEqualTo(OrdStatus.PARTIALLY_FILLED);
  }

  @Test
  void theQuantityIsTheTotalAndWhatIsFilledOfItEndsIt() {
    var desk = Desk.started(book()).toTheEnd().buy("a", 9, 101L);
    assertThat(desk.news()).containsExactly("a accepted", "a filled 6 at 101");
    assertThat(desk.replace("a", 2, 6, 101).news()).containsExactly("a canceled QTY_IS_FILLED");
  }

  @Test
  void anOrderThatIsDoneCannotBeReplaced() {
    var desk = Desk.started(book()).toTheEnd().buy("a", 2, 101L);
    assertThat(desk.replace("a", 2, 1, 100).news())
        .endsWith("a filled 2 at 101", "a replace 2 rejected ORDER_ALREADY_DONE");
  }

  @Test
  void aChangedOrderFillsWhenWhatIsAheadOfItsNewPlaceHasTraded() {
    var tape = book().at(20).sellerHits(1, 100, 5).sellerHits(2, 100, 3).sellerHits(4, 100, 6);
    var kept = Desk.started(tape).to(9).buy("a", 5, 100L).to(19).replace("a", 2, 4, 100);
    assertThat(kept.toTheEnd().news()).endsWith("a filled 4 at 100");
    var lost = Desk.started(tape).to(9).buy("a", 4, 100L).to(19).replace("a", 2, 5, 100);
    assertThat(lost.toTheEnd().news()).endsWith("a replaced 2: 5 at 100");
  }
}
