package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RunOptionsTest {
  @TempDir Path directory;

  @Test
  void nothingSaidIsTheSimVenueOnTheDocumentedPorts() {
    var options = parsed();
    options.check();
    assertThat(options.isReplay()).isFalse();
    assertThat(options.portClaims())
        .extracting(RunOptions.PortClaim::port)
        .containsExactly(8080, 8081, 8082, 8083, 15432, 19092, 19093);
  }

  @Test
  void severalFilesAreReplayedInTheOrderGiven() throws Exception {
    var one = recording("one.dbn.zst");
    var two = recording("two, with comma.dbn.zst");
    var options =
        parsed("--replay", one, "--replay", two, "--speed", "max", "--from=2023-12-25T22:59:00Z");
    options.check();
    assertThat(options.replay).containsExactly(Path.of(one), Path.of(two));
  }

  @Test
  void anExternalPostgresGivesUserPasswordAndPlace() {
    var admin =
        parsed("--postgres", "postgresql://boss:s3cret%21@db.local:5433")
            .externalPostgres()
            .orElseThrow();
    assertThat(admin).isEqualTo(new PostgresUrl("db.local", 5433, "boss", "s3cret!"));
  }

  @Test
  void anUnreadablePostgresUrlIsRefusedWithoutShowingItsPassword() {
    assertThatThrownBy(() -> parsed("--postgres", "postgresql://a:s3cret@ho st").check())
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("--postgres is a URL like")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "--speed 2, --speed goes with --replay FILE.",
    "--to 2023-12-25T22:59:00Z, '--from, --to, --keep-gaps, --orders and --exit-at-end go with --replay FILE.'",
    "--port 0, --port is a number from 1 to 65535; not 0.",
    "--port 8081, --port and --orders-port are both 8081.",
    "--kafka nonsense, --kafka is HOST:PORT; not nonsense.",
    "--replay gone.dbn, The replay file gone.dbn is not there: check the path.",
  })
  void whatCannotWorkIsRefusedInOneSentence(String arguments, String sentence) {
    assertThatThrownBy(() -> parsed(arguments.split(" ", -1)).check())
        .isInstanceOf(StackException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "fast", "''"})
  void aSpeedIsANumberAboveZeroOrMax(String speed) throws Exception {
    var file = recording("one.dbn");
    assertThatThrownBy(() -> parsed("--replay", file, "--speed", speed).check())
        .hasMessageStartingWith("--speed is a number above 0, or max");
  }

  @Test
  void aTimeIsGivenInUtc() throws Exception {
    var file = recording("one.dbn");
    assertThatThrownBy(() -> parsed("--replay", file, "--from", "yesterday").check())
        .hasMessage("--from is a UTC time like 2023-12-25T22:59:00Z; not yesterday.");
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, Unknown option: '--bogus'",
    "--port eight, Invalid value for option '--port'"
  })
  void whatIsNotUnderstoodIsSaidInOneLine(String arguments, String start) {
    var commandLine = Launcher.commandLine();
    var err = new StringWriter();
    commandLine.setErr(new PrintWriter(err));
    var words = ("run " + arguments).split(" ", -1);
    assertThat(commandLine.execute(words)).isEqualTo(2);
    assertThat(err.toString()).startsWith("tapeline: " + start).contains("./tapeline run --help");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void theScriptKnowsTheSameOptions() throws Exception {
    var line =
        Files.readAllLines(Path.of("../../tapeline")).stream()
            .filter(l -> l.startsWith("RUN_OPTIONS="))
            .findFirst()
            .orElseThrow();
    var inScript = Arrays.asList(line.replaceAll("RUN_OPTIONS=\"|\"", "").split(" ", -1));
    var inLauncher =
        Launcher.commandLine().getSubcommands().get("run").getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .collect(Collectors.toSet());
    assertThat(inScript).containsExactlyInAnyOrderElementsOf(inLauncher);
  }

  private String recording(String name) throws Exception {
    return Files.write(directory.resolve(name), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd})
        .toString();
  }

  private static RunOptions parsed(String... arguments) {
    return CommandLine.populateCommand(new RunOptions(), arguments);
  }
}
