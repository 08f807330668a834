package io.tapeline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.Topics;
import io.tapeline.testkit.Tape;
import io.tapeline.testkit.TestStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two processes of the service share the accounts, and every account is asked through both. */
class TwoReplicasIT {
  private static final List<String> ACCOUNTS = List.of("R1", "R2", "R3", "R4", "R5", "R6");

  private final AtomicBoolean stop = new AtomicBoolean();
  private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();

  @Test
  void aReplicaThatSleptThroughTheLossOfItsAccountsHarmsNothing() throws Exception {
    try (var stack = TestStack.own();
        var venue = new PracticeVenue(stack);
        var one = Replica.start(stack, stack.reactiveUrl(), ACCOUNTS);
        var other = Replica.start(stack, stack.reactiveUrl(), ACCOUNTS)) {
      one.awaitReady();
      other.awaitReady();
      venue.reconcile(ACCOUNTS);
      var sleeper = awaitShared(stack, one);
      var awake = sleeper == one ? other : one;

      var traders = new ArrayList<Thread>();
      for (var replica : List.of(one, other))
        for (var half : List.of(ACCOUNTS.subList(0, 3), ACCOUNTS.subList(3, 6)))
          traders.add(Thread.ofPlatform().start(() -> trade(replica, half)));
      var exchange = Thread.ofPlatform().start(() -> fillEverything(stack, venue));
      awaitTaken(20);
      sleeper.pause();
      awaitOwner(stack, awake);
      sleeper.goOn();
      Replica.sleep(4_000); // time to do harm in
      awaitTaken(20);
      stop.set(true);
      for (var trader : traders) trader.join();

      var tape = PublishedTape.complete(stack, java.time.Duration.ofSeconds(90));
      exchange.join();
      for (var account : ACCOUNTS) {
        assertThat(PublishedTape.submitted(tape.get(account)))
            .as("what was answered 201 is on the journal, once")
            .doesNotHaveDuplicates()
            .containsAll(taken.get(account));
        assertThat(PublishedTape.of(tape.get(account), "OrderFilled", "execId"))
            .doesNotHaveDuplicates();
      }
      assertThat(awake.log()).contains("owner of");
      for (var replica : List.of(one, other)) {
        var verified = replica.get("/api/verify");
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.body().path("ok").asBoolean()).as("%s", verified.body()).isTrue();
      }
    }
  }

  private int taken() {
    return taken.values().stream().mapToInt(Set::size).sum();
  }

  private void awaitTaken(int more) {
    var goal = taken() + more;
    var deadline = System.nanoTime() + 90_000_000_000L;
    while (taken() < goal) {
      assertThat(System.nanoTime()).as("%d orders of %d taken", taken(), goal).isLessThan(deadline);
      Replica.sleep(100);
    }
  }

  /** Waits until both own accounts and all can trade; one that owns some. */
  private static Replica awaitShared(TestStack stack, Replica one) throws java.sql.SQLException {
    var deadline = System.nanoTime() + 90_000_000_000L;
    for (var attempt = 0; ; attempt++) {
      // an id that was refused stays refused
      var id = "first-" + attempt;
      var owners = owners(stack);
      var tradable = ACCOUNTS.stream().allMatch(a -> one.place(a, id, 1).status() == 201);
      if (owners.size() == 2 && tradable) return one;
      assertThat(System.nanoTime()).as("both own accounts: %s", owners).isLessThan(deadline);
      Replica.sleep(200);
    }
  }

  /** Waits until the group has given everything to this one. */
  private static void awaitOwner(TestStack stack, Replica replica) throws java.sql.SQLException {
    var deadline = System.nanoTime() + 90_000_000_000L;
    for (var owners = owners(stack);
        !owners.equals(Set.of(replica.url()));
        owners = owners(stack)) {
      assertThat(System.nanoTime()).as("one owns all: %s", owners).isLessThan(deadline);
      Replica.sleep(200);
    }
  }

  private static Set<String> owners(TestStack stack) throws java.sql.SQLException {
    var owners = new HashSet<String>();
    try (var connection = stack.connect("order_service");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select owner_url from account_partition")) {
      while (rows.next()) owners.add(rows.getString(1));
    }
    return owners;
  }

  /** One order after the other; each is asked for, under its id, until there is an answer. */
  private void trade(Replica replica, List<String> accounts) {
    var name = Thread.currentThread().threadId() + "-";
    for (var number = 0; !stop.get(); number++) {
      var account = accounts.get(number % accounts.size());
      var id = name + number;
      var said = replica.place(account, id, 1);
      for (var tries = 0; said.isUnclear() && tries < 100; tries++) {
        Replica.sleep(50);
        said = replica.place(account, id, 1);
      }
      assertThat(said.status()).as("%s: %s", id, said).isIn(201, 422, 503);
      if (said.status() == 201)
        taken.computeIfAbsent(account, _ -> ConcurrentHashMap.newKeySet()).add(id);
      Replica.sleep(10);
    }
  }

  /** An exchange that believes the tape: it acts on every order once, in the order of its lines. */
  private void fillEverything(TestStack stack, PracticeVenue venue) {
    var seen = new HashMap<String, Long>();
    try (var tape = Tape.of(stack.bootstrapServers(), Topics.ORDER_EVENTS)) {
      var done = 0;
      while (!stop.get()) {
        var all = tape.read();
        for (var entry : all.subList(done, all.size())) {
          var line = entry.json();
          var seq = line.path("seq").asLong();
          if (seq <= seen.getOrDefault(entry.key(), 0L)) continue;
          seen.put(entry.key(), seq);
          if (line.path("event").path("type").asText().equals("OrderSubmitted"))
            venue.fill(entry.key(), line.path("event"));
        }
        done = all.size();
        Replica.sleep(50);
      }
    }
  }
}
