package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is committed gets onto the tape, whatever happens between the two. */
class OutageIT {
  private static final List<String> ACCOUNTS = List.of("KILLED", "SILENT", "LEAVING", "DOUBTFUL");
  private static final Duration SOON = Duration.ofSeconds(90);

  /** A minute takes a minute: {@code -Doutage.seconds=60}. */
  private static final long OUTAGE_SECONDS = Long.getLong("outage.seconds", 6);

  private static TestStack stack;
  private static LossyLine line;
  private static PracticeVenue venue;
  private static Replica service;

  @BeforeAll
  static void theServiceRuns() throws IOException {
    stack = TestStack.own();
    line = LossyLine.to(stack.reactiveUrl());
    venue = new PracticeVenue(stack);
    service = Replica.start(stack, line.url(), ACCOUNTS);
    service.awaitReady();
    venue.reconcile(ACCOUNTS);
    for (var account : ACCOUNTS) awaitTaken(account, "first");
  }

  @AfterAll
  static void everythingStops() throws IOException {
    if (service != null) service.close();
    if (venue != null) venue.close();
    if (line != null) line.close();
    if (stack != null) stack.close();
  }

  @Test
  void whatWasCommittedBeforeAKillIsPublishedByTheNextLife() throws SQLException {
    stack.freezeKafka();
    var taken = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      var id = "k" + i;
      if (service.place("KILLED", id, 1).status() == 201) taken.add(id);
    }
    service.kill();
    stack.thawKafka();
    service.startAgain();
    service.awaitReady();

    assertThat(taken).isNotEmpty();
    assertThat(PublishedTape.submitted(PublishedTape.complete(stack, SOON).get("KILLED")))
        .doesNotHaveDuplicates()
        .containsSubsequence(taken);
    var lines = PublishedTape.read(stack).get("KILLED").size();
    var again = service.post("/api/accounts/KILLED/tell-again?from=3");
    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.body().path("upTo").asInt()).isGreaterThanOrEqualTo(lines);
    assertThat(PublishedTape.times(stack, "KILLED", 2)).isOne();
    assertThat(PublishedTape.times(stack, "KILLED", 3)).isEqualTo(2);
    assertThat(PublishedTape.times(stack, "KILLED", lines)).isEqualTo(2);
    awaitTaken("KILLED", "after");
    verified();
  }

  @Test
  void whileTheTapeIsDownRiskCanOnlyGoDownAndAfterwardsNothingIsMissing() throws SQLException {
    awaitTaken("SILENT", "resting");
    stack.freezeKafka();
    var taken = new ArrayList<String>();
    var down = System.nanoTime();
    var refused = 0;
    for (var i = 0; secondsSince(down) < (refused > 0 ? OUTAGE_SECONDS : SOON.toSeconds()); i++) {
      var said = service.place("SILENT", "s" + i, 1);
      if (said.status() == 201) taken.add("s" + i);
      else if (said.status() > 0) {
        assertThat(said.reason()).as("%s", said).isEqualTo("TAPE_DOWN");
        refused++;
      }
      Replica.sleep(20);
    }
    assertThat(refused).as("orders refused TAPE_DOWN").isPositive();
    assertThat(service.cancel("SILENT", "resting").status()).isEqualTo(202);
    assertThat(service.post("/api/accounts/SILENT/cancel-all").status()).isEqualTo(202);
    var flatten = service.post("/api/accounts/LEAVING/flatten");
    assertThat(flatten.status()).as("%s", flatten).isEqualTo(202);
    stack.thawKafka();
    venue.cancel("LEAVING", "first");
    awaitFlat("LEAVING", flatten.body().path("commandId").asText());

    var lines = PublishedTape.complete(stack, SOON).get("SILENT");
    assertThat(PublishedTape.submitted(lines)).doesNotHaveDuplicates().containsSubsequence(taken);
    assertThat(PublishedTape.of(lines, "CancelRequested", "clOrdId")).contains("resting");
    awaitTaken("SILENT", "after");
    verified();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsRecognisedAndNotDoneTwice() throws SQLException {
    for (var i = 0; i < 3; i++) {
      // unlike anything else that is said on this line
      var id = "doubtful-order-" + i;
      line.loseTheNextAnswerTo(id);
      var said = service.place("DOUBTFUL", id, 1);
      for (var tries = 0; said.isUnclear() && tries < 20; tries++)
        said = service.place("DOUBTFUL", id, 1);
      assertThat(said.status()).as("%s", said).isEqualTo(201);
      assertThat(line.losses()).as("answers lost").isEqualTo(i + 1);
    }
    assertThat(service.log()).contains("commit in doubt");
    assertThat(PublishedTape.submitted(PublishedTape.complete(stack, SOON).get("DOUBTFUL")))
        .containsOnlyOnce("doubtful-order-0", "doubtful-order-1", "doubtful-order-2");
    verified();
  }

  private static void awaitTaken(String account, String id) {
    var deadline = System.nanoTime() + SOON.toNanos();
    var attempt = 0;
    while (true) {
      // an id that was refused stays refused
      var said = service.place(account, attempt == 0 ? id : id + "-" + attempt, 1);
      if (said.status() == 201) return;
      assertThat(System.nanoTime()).as("an order is taken: %s", said).isLessThan(deadline);
      attempt++;
      Replica.sleep(200);
    }
  }

  private static void awaitFlat(String account, String commandId) {
    var deadline = System.nanoTime() + SOON.toNanos();
    while (true) {
      var said = service.get("/api/accounts/" + account + "/commands/" + commandId);
      if (said.body().path("state").asText().equals("FLAT")) return;
      assertThat(System.nanoTime()).as("it becomes flat: %s", said).isLessThan(deadline);
      Replica.sleep(100);
    }
  }

  private static void verified() {
    var verified = service.get("/api/verify");
    assertThat(verified.body().path("ok").asBoolean()).as("%s", verified.body()).isTrue();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
