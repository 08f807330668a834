package io.tapeline.market.app;

import static io.tapeline.market.app.Bench.inTime;
import static io.tapeline.market.app.Bench.order;
import static io.tapeline.market.app.Bench.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.contract.RequestKind;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.market.intake.domain.IntakeDecision;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.model.Side;
import io.tapeline.testkit.Tape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeIT {
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anIntentWithoutOutcomeIsAskedAboutAndNeverSentAgain() throws Exception {
    var first = new StubVenue();
    first.takesNothing = true; // the gateway dies after the commit, before the send
    var life = bench.live("stub", (_, _) -> first, "A").reconciled();
    bench.journal("A", order("o1", "ESH4", Side.BUY, 1, null, inTime()));
    awaitIntent();
    life.kill();
    assertThat(first.sent).isEmpty();

    var second = new StubVenue();
    bench.live("stub", (_, _) -> second, "A").reconciled();
    var doubt = bench.awaitReport("InDoubt o1");
    assertThat(doubt.json().at("/report/kind").asText()).isEqualTo("NEW");
    bench.journal(
        "A", new TapeEvent.RequestInDoubt("o1", RequestKind.NEW, 1, "the gateway stopped"));
    var unknown = bench.awaitReport("OrderUnknown o1").json().path("report");
    assertThat(Instant.parse(unknown.path("sentAt").asText()))
        .isBefore(Instant.parse(unknown.path("sessionOpenedAt").asText()));
    assertThat(unknown.path("settleMillis").asLong()).isEqualTo(1_000);
    assertThat(second.sent).isEmpty();
    assertThat(bench.reports("A"))
        .startsWith("ReconcileStarted", "ReconcileCompleted", "InDoubt o1", "ReconcileStarted");
  }

  @Test
  void whatWasSentIsSentOnceHoweverOftenTheJournalSaysIt() throws Exception {
    var venue = new StubVenue();
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    var submitted = order("o1", "ESH4", Side.BUY, 1, null, inTime());
    bench.journal("A", submitted);
    bench.journal("A", 1, submitted, null);
    bench.awaitReport("Accepted o1");
    bench.journal("A", order("o2", "ESH4", Side.BUY, 1, null, inTime()));
    bench.awaitReport("Accepted o2");
    assertThat(venue.sent).hasSize(2);
  }

  @Test
  void anOrderThatComesTooLateIsNotSent() throws Exception {
    var venue = new StubVenue();
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    bench.journal("A", order("late", "ESH4", Side.BUY, 1, null, Instant.now().minusSeconds(1)));
    var report = bench.awaitReport("NotSent late").json().path("report");
    assertThat(report.path("reason").asText()).isEqualTo("STALE");
    assertThat(report.path("kind").asText()).isEqualTo("NEW");
    assertThat(venue.sent).isEmpty();
  }

  @Test
  void aCancelMeetsItsUnsentOrderAndNeitherIsSent() throws Exception {
    var venue = new StubVenue();
    venue.takesNothing = true;
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    bench.journal("A", order("first", "ESH4", Side.BUY, 1, null, inTime()));
    bench.journal("A", order("second", "ESH4", Side.BUY, 1, null, inTime()));
    bench.journal("A", new TapeEvent.CancelRequested("second", 2, "c", "ann"));
    var report = bench.awaitReport("NotSent second").json().path("report");
    assertThat(report.path("reason").asText()).isEqualTo("CANCELED_UNSENT");
    venue.takesNothing = false;
    bench.awaitReport("Accepted first");
    assertThat(venue.sent).hasSize(1);
  }

  @Test
  void aChangeIsSentOnceAndAnsweredByItsNumber() throws Exception {
    var venue = new StubVenue();
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    bench.journal("A", order("o1", "ESH4", Side.BUY, 1, "4800.00", inTime()));
    bench.awaitReport("Accepted o1");
    bench.journal("A", replace("o1", 2, "ESH4", Side.BUY, 3, "4799.75", inTime()));
    var report = bench.awaitReport("Replaced o1").json().path("report");
    assertThat(report.path("requestNo").asLong()).isEqualTo(2);
    assertThat(report.path("orderQty").asLong()).isEqualTo(3);
    assertThat(report.path("price").asText()).isEqualTo("4799.75");
    assertThat(venue.sent).hasSize(2);
  }

  @Test
  void aChangeThatComesTooLateIsNotSent() throws Exception {
    var venue = new StubVenue();
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    var late = Instant.now().minusSeconds(1);
    bench.journal("A", replace("o1", 2, "ESH4", Side.BUY, 3, "4799.75", late));
    var report = bench.awaitReport("NotSent o1").json().path("report");
    assertThat(report.path("kind").asText()).isEqualTo("REPLACE");
    assertThat(report.path("requestNo").asLong()).isEqualTo(2);
    assertThat(venue.sent).isEmpty();
  }

  @Test
  void aCancelBeatsAnUnsentChange() throws Exception {
    var venue = new StubVenue();
    venue.takesNothing = true;
    bench.live("stub", (_, _) -> venue, "A").reconciled();
    bench.journal("A", order("first", "ESH4", Side.BUY, 1, null, inTime()));
    bench.journal("A", replace("second", 2, "ESH4", Side.BUY, 3, "4799.75", inTime()));
    bench.journal("A", new TapeEvent.CancelRequested("second", 3, "c", "ann"));
    var report = bench.awaitReport("NotSent second").json().path("report");
    assertThat(report.path("kind").asText()).isEqualTo("REPLACE");
    assertThat(report.path("reason").asText()).isEqualTo("CANCELED_UNSENT");
    venue.takesNothing = false;
    bench.awaitReport("Accepted first");
    bench.awaitReport("Accepted second"); // as the stub answers a cancel
    assertThat(venue.sent).hasSize(2);
  }

  @Test
  void aChangeInDoubtIsAskedAboutByItsOrder() throws Exception {
    var first = new StubVenue();
    first.takesNothing = true;
    var life = bench.live("stub", (_, _) -> first, "A").reconciled();
    bench.journal("A", replace("o1", 2, "ESH4", Side.BUY, 3, "4799.75", inTime()));
    awaitIntent();
    life.kill();
    bench.live("stub", (_, _) -> new StubVenue(), "A").reconciled();
    var doubt = bench.awaitReport("InDoubt o1").json().path("report");
    assertThat(doubt.path("kind").asText()).isEqualTo("REPLACE");
    bench.journal("A", new TapeEvent.RequestInDoubt("o1", RequestKind.REPLACE, 2, "stopped"));
    var unknown = bench.awaitReport("OrderUnknown o1").json().path("report");
    assertThat(unknown.path("kind").asText()).isEqualTo("REPLACE");
    assertThat(unknown.path("requestNo").asLong()).isEqualTo(2);
  }

  @Test
  void aHolderOfAnOlderEpochCommitsNothing() {
    var old = bench.leases.tryTake("stub", "one").orElseThrow();
    assertThat(bench.leases.tryTake("stub", "two")).isEmpty();
    var term = old.term();
    old.release();
    var next = bench.leases.tryTake("stub", "two").orElseThrow();
    assertThat(next.term()).isEqualTo(new LeaseTerm("stub", term.epoch() + 1, "two"));
    assertThatThrownBy(() -> bench.store.commit(term, nothing(), Instant.now()))
        .isInstanceOf(VenueLostException.class);
    bench.store.commit(next.term(), nothing(), Instant.now());
    old.renew();
    assertThat(old.isGood()).isFalse();
    next.release();
  }

  @Test
  void aGapQuarantinesItsAccountAndTheOthersGoOn() throws Exception {
    var venue = new StubVenue();
    bench.live("stub", (_, _) -> venue, "A", "B").reconciled();
    bench.journal("A", 2, order("o2", "ESH4", Side.BUY, 1, null, inTime()), null);
    bench.journal("B", order("b1", "ESH4", Side.BUY, 1, null, inTime()));
    bench.awaitReport("Accepted b1");
    try (var notices = Tape.of(Topics.MARKET_NOTICES);
        var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      var notice =
          notices.await(Bench.SOON, e -> e.key().equals(bench.account("A").value())).json();
      assertThat(notice.path("code").asText()).isEqualTo("ACCOUNT_QUARANTINED");
      var letter = parked.await(Bench.SOON, e -> e.key().equals(bench.account("A").value()));
      assertThat(letter.headers().get("reason")).contains("seq 2 follows 0");
    }
    assertThat(venue.sent).hasSize(1);
    assertThat(bench.store.quarantined("stub"))
        .extracting(one -> one.account())
        .containsExactly(bench.account("A"));
  }

  @Test
  void aReleasedAccountIsFollowedFromItsNextLine() throws Exception {
    var first = new StubVenue();
    var life = bench.live("stub", (_, _) -> first, "A").reconciled();
    bench.journal("A", 2, order("lost", "ESH4", Side.BUY, 1, null, inTime()), null);
    try (var parked = Tape.of(Topics.deadLetters(Topics.ORDER_EVENTS))) {
      parked.await(Bench.SOON, e -> e.key().equals(bench.account("A").value()));
    }
    life.close();
    assertThat(bench.store.release("stub", bench.account("A"))).isTrue();
    assertThat(bench.store.release("stub", bench.account("A"))).isFalse();
    var second = new StubVenue();
    bench.live("stub", (_, _) -> second, "A").reconciled();
    bench.journal("A", 7, order("next", "ESH4", Side.BUY, 1, null, inTime()), null);
    bench.awaitReport("Accepted next");
    bench.journal("A", 8, order("more", "ESH4", Side.BUY, 1, null, inTime()), null);
    bench.awaitReport("Accepted more");
    assertThat(first.sent).isEmpty();
    assertThat(second.sent).hasSize(2);
    assertThat(bench.store.quarantined("stub")).isEmpty();
  }

  private static IntakeDecision nothing() {
    return new IntakeDecision(Map.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private void awaitIntent() throws InterruptedException {
    for (int tries = 0; bench.store.openIntents("stub").isEmpty(); tries++) {
      if (tries > 1_200) throw new AssertionError("no intent");
      Thread.sleep(50);
    }
  }
}
