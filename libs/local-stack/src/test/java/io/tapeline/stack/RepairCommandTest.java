package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.door.InstallationSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What repair asks of a desk, when it is content, and what it says. */
class RepairCommandTest {
  private static final String VERIFY = "GET /api/accounts/ALICE/verify";
  private static final String REPAIR = "POST /api/accounts/ALICE/repair";
  private static final String FOLD = "GET /api/accounts/ALICE/verify-fold";
  private static final String ROW = "GET /api/accounts/ALICE";
  private static final String RELEASE = "POST /api/accounts/ALICE/release";
  private static final String QUARANTINES = "GET /api/venues/sim/quarantines";
  private static final String FOLLOW = "DELETE /api/venues/sim/quarantines/ALICE";

  private static final String TRADES_ON = "{\"venue\":\"sim\"}";
  private static final String STANDS_STILL = "{\"venue\":\"sim\",\"quarantined\":true}";
  private static final String FOLDED = "{\"cutSeq\":7,\"equal\":true}";

  @TempDir private Path data;

  /** What is answered to a call, one after the other; the last for ever. */
  private final Map<String, Deque<String>> answers = new HashMap<>();

  private final List<String> calls = new ArrayList<>();
  private HttpServer desk;

  @BeforeEach
  void aDeskRuns() throws IOException {
    desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    desk.createContext("/", this::answer);
    desk.start();
    var address = URI.create("http://127.0.0.1:" + desk.getAddress().getPort());
    new RunFile(data.resolve("run.json"))
        .write(new RunFile.Running(ProcessHandle.current().pid(), address, address));
    var _ = InstallationSecret.readOrCreate(data.resolve("secret"));
    answer(VERIFY, "200 {\"seq\":7}");
    answer(REPAIR, "202 {}");
    answer(FOLD, "200 " + FOLDED);
    answer(ROW, "200 " + TRADES_ON);
    answer(RELEASE, "200 {}");
    answer(QUARANTINES, "200 {\"items\":[]}");
  }

  @AfterEach
  void theDeskStops() {
    desk.stop(0);
  }

  private synchronized void answer(String call, String... oneAfterTheOther) {
    answers.put(call, new ArrayDeque<>(List.of(oneAfterTheOther)));
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    calls.add(call);
    var known = answers.getOrDefault(call, new ArrayDeque<>(List.of("404 {}")));
    var answer = known.size() > 1 ? known.remove() : known.element();
    var body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private record Outcome(int exit, String said) {}

  private Outcome repair() {
    var command = new RepairCommand();
    var _ = new CommandLine(command).parseArgs("ALICE", "--data", data.toString());
    var said = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return new Outcome(command.call(), said.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void anAccountThatIsFoldedToTheEndOfItsJournalMayTradeAgain() {
    var outcome = repair();

    assertThat(outcome)
        .isEqualTo(new Outcome(0, "ALICE is folded up to line 7 and may trade again."));
    assertThat(calls).startsWith(VERIFY, REPAIR).endsWith(RELEASE, QUARANTINES);
  }

  /** On the way there everything agrees as well, and nobody stands still. */
  @Test
  void whatIsOnItsWayIsWaitedFor() {
    answer(FOLD, "200 {\"cutSeq\":6,\"equal\":true}", "200 " + FOLDED);

    assertThat(repair().exit()).isZero();
    assertThat(calls).containsSubsequence(FOLD, ROW, FOLD, ROW, RELEASE);
    assertThat(calls.stream().filter(FOLD::equals)).hasSize(2);
  }

  @Test
  void whatDiffersOrStandsStillMayNotTrade() {
    answer(
        FOLD, "200 {\"cutSeq\":7,\"equal\":false,\"differences\":[\"a fill\"]}", "200 " + FOLDED);

    assertThat(repair().exit()).isZero();
    assertThat(calls.stream().filter(FOLD::equals)).hasSize(2);
  }

  @Test
  void anAccountThatStandsStillAgainSaysWhyAndIsNotReleased() {
    answer(
        FOLD, "200 {\"cutSeq\":4,\"equal\":false,\"differences\":[\"line 5 is missing\",\"x\"]}");
    answer(ROW, "200 " + STANDS_STILL);

    assertThat(repair())
        .isEqualTo(new Outcome(3, "ALICE stands still again: line 5 is missing; x"));
    assertThat(calls).doesNotContain(RELEASE);
  }

  /** That what there is agrees is not enough. */
  @Test
  void anAccountThatStandsStillAtALineOfItsOwnIsNotReleased() {
    answer(ROW, "200 " + STANDS_STILL);

    assertThat(repair().exit()).isEqualTo(3);
    assertThat(calls).doesNotContain(RELEASE);
  }

  /** Telling a long journal again takes longer than the door waits. */
  @Test
  void aRepairThatIsNotAnsweredYetIsWaitedFor() {
    answer(REPAIR, "504 {}");
    answer(ROW, "200 " + STANDS_STILL, "200 " + TRADES_ON);

    assertThat(repair().exit()).isZero();
  }

  @Test
  void whoeverRefusesSaysWhy() {
    answer(REPAIR, "404 {\"reason\":\"UNKNOWN_ACCOUNT\",\"detail\":\"no account ALICE\"}");

    assertThatThrownBy(this::repair)
        .isInstanceOf(StackException.class)
        .hasMessage("ALICE cannot be repaired: UNKNOWN_ACCOUNT: no account ALICE.");
  }

  @Test
  void anAccountThatStaysLockedIsNoSuccess() {
    answer(RELEASE, "503 {\"reason\":\"NOT_OWNER\"}");

    assertThatThrownBy(this::repair)
        .isInstanceOf(StackException.class)
        .hasMessage("ALICE is folded, but stays locked: NOT_OWNER.");
  }

  /** The venue's session ends and begins anew, which takes its time. */
  @Test
  void aVenueThatDoesNotFollowIsAskedUntilItDoes() {
    answer(QUARANTINES, "200 {\"items\":[{\"accountId\":\"BOB\"},{\"accountId\":\"ALICE\"}]}");
    answer(FOLLOW, "504 {}", "200 {}");

    assertThat(repair().exit()).isZero();
    assertThat(calls.stream().filter(FOLLOW::equals)).hasSize(2);
  }

  /** Its answer was lost, and it follows all the same. */
  @Test
  void aVenueThatFollowsMeanwhileIsNotAskedAgain() {
    answer(
        QUARANTINES,
        "200 {\"items\":[{\"accountId\":\"ALICE\"}]}",
        "200 {\"items\":[{\"accountId\":\"BOB\"}]}");
    answer(FOLLOW, "504 {}");

    assertThat(repair().exit()).isZero();
    assertThat(calls.stream().filter(FOLLOW::equals)).hasSize(1);
  }
}
