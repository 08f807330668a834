package io.tapeline.market.intake.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.intake.domain.IntakeDecision.Doubt;
import io.tapeline.market.intake.domain.IntakeDecision.Intent;
import io.tapeline.market.intake.domain.IntakeDecision.Progress;
import io.tapeline.market.intake.domain.JournalLine.Content;
import io.tapeline.market.intake.domain.JournalLine.DoubtsNow;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-05T15:00:00Z");
  private static final AccountId A = new AccountId("A");
  private static final AccountId B = new AccountId("B");

  @Test
  void anOrderInTimeIsToBeSent() {
    var decision = decide(order(A, 1, "o1", NOW.plusSeconds(5)));
    assertThat(decision.intents()).hasOnlyElementsOfType(Intent.Send.class).hasSize(1);
    assertThat(decision.progress()).containsExactly(Map.entry(A, new Progress(0, 1)));
  }

  @Test
  void anOrderPastItsTimeIsWithheld() {
    var decision = decide(order(A, 1, "o1", NOW.minusMillis(1)));
    assertThat(decision.intents())
        .containsExactly(new Intent.Withhold(id(A, "o1"), RequestKind.NEW, IntakeDecider.STALE));
  }

  @Test
  void aCancelIsNeverTooLate() {
    assertThat(decide(cancel(A, 1, "o1")).intents())
        .hasOnlyElementsOfType(Intent.Send.class)
        .hasSize(1);
  }

  @Test
  void aLineReadBeforeIsIgnored() {
    var decision =
        IntakeDecider.decide(
            Map.of(A, 1L), Set.of(), List.of(order(A, 1, "o1", NOW), cancel(A, 2, "o1")), NOW);
    assertThat(decision.intents()).hasSize(1);
    assertThat(decision.progress()).containsEntry(A, new Progress(1, 2));
  }

  @Test
  void aGapQuarantinesItsAccountAndNoOther() {
    var decision = decide(order(A, 2, "o2", NOW), order(B, 1, "b1", NOW), order(A, 3, "o3", NOW));
    assertThat(decision.quarantines()).extracting("account", "seq").containsExactly(tuple(A, 1L));
    assertThat(decision.parked()).extracting("index").containsExactly(0, 2);
    assertThat(decision.progress()).containsOnlyKeys(B);
    assertThat(decision.intents()).extracting(Intent::id).containsExactly(id(B, "b1"));
  }

  @Test
  void whatCameBeforeTheGapStillCounts() {
    var decision = decide(order(A, 1, "o1", NOW), order(A, 3, "o3", NOW));
    assertThat(decision.progress()).containsEntry(A, new Progress(0, 1));
    assertThat(decision.intents()).hasSize(1);
  }

  @Test
  void aLineThatCannotBeReadQuarantines() {
    var decision = decide(new JournalLine(A, 0, new Content.Unreadable("not JSON")));
    assertThat(decision.quarantines()).extracting("reason").containsExactly("not JSON");
  }

  @Test
  void linesOfAQuarantinedAccountAreParked() {
    var decision = IntakeDecider.decide(Map.of(), Set.of(A), List.of(order(A, 1, "o1", NOW)), NOW);
    assertThat(decision.intents()).isEmpty();
    assertThat(decision.parked()).hasSize(1);
    assertThat(decision.quarantines()).isEmpty();
  }

  @Test
  void aDoubtIsKeptUntilALineSaysItIsOver() {
    var doubt = new JournalLine(A, 1, new Content.InDoubt(id(A, "o1"), RequestKind.NEW));
    var still = new JournalLine(A, 2, new Content.Told(now("o1", RequestKind.NEW)));
    var over = new JournalLine(A, 3, new Content.Told(now("o1")));
    assertThat(decide(doubt).doubts()).containsExactly(new Doubt(id(A, "o1"), RequestKind.NEW));
    assertThat(decide(doubt, still).doubts()).hasSize(1);
    assertThat(decide(doubt, still, over).doubts()).isEmpty();
    assertThat(decide(doubt, still, over).settled()).hasSize(1);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static IntakeDecision decide(JournalLine... lines) {
    return IntakeDecider.decide(Map.of(), Set.of(), List.of(lines), NOW);
  }

  private static JournalLine order(AccountId account, long seq, String clOrdId, Instant sendBy) {
    var id = id(account, clOrdId);
    var order = NewOrder.market(account, id.clOrdId(), new Symbol("ESH4"), Side.BUY, new Qty(1));
    return new JournalLine(
        account, seq, new Content.Send(new VenueRequest.Place(id, order, sendBy), now(clOrdId)));
  }

  private static JournalLine cancel(AccountId account, long seq, String clOrdId) {
    return new JournalLine(
        account,
        seq,
        new Content.Send(new VenueRequest.Cancel(id(account, clOrdId)), now(clOrdId)));
  }

  private static DoubtsNow now(String clOrdId, RequestKind... kinds) {
    return new DoubtsNow(new ClOrdId(clOrdId), Set.of(kinds));
  }

  private static RequestId id(AccountId account, String clOrdId) {
    return new RequestId(account, new ClOrdId(clOrdId), 1);
  }
}
