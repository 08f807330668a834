package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script at the project's root, with made-up JDKs. */
class TapelineScriptTest {
  private static final Path SCRIPT = Path.of("../../tapeline").toAbsolutePath().normalize();
  @TempDir Path place;

  record Said(int exitCode, String output) {}

  @Test
  void aJdkInAUsualPlaceIsFound() throws Exception {
    jdk("old", "17.0.1");
    var current = jdk("current one", "25.0.1");
    assertThat(run("doctor").output()).contains("JDK:   25 in " + current + " (used)");
  }

  @Test
  void javaHomeIsLookedAtFirst() throws Exception {
    jdk("other", "26");
    var mine = jdk("mine", "25");
    assertThat(run(Map.of("JAVA_HOME", mine.toString()), "doctor").output())
        .contains("JDK:   25 in " + mine + " (used)");
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    var old = jdk("old", "21.0.2");
    var current = jdk("current", "25");
    assertThat(run(Map.of("JAVA_HOME", old.toString()), "doctor").output())
        .contains("JDK:   25 in " + current + " (used)");
  }

  @Test
  void aJdkThatIsTooOldIsSaidInOneSentence() throws Exception {
    var old = jdk("old", "1.8.0_402");
    var said = run("run", "--no-build");
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.output())
        .isEqualTo(
            "tapeline: JDK 25 or newer is needed, and the newest found is JDK 8 in "
                + old
                + ": install one (for example from https://adoptium.net) or set JAVA_HOME to it.\n");
  }

  @Test
  void noJdkAtAllIsSaidInOneSentence() throws Exception {
    var said = run("token");
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.output())
        .startsWith("tapeline: JDK 25 or newer is needed, and none was found")
        .hasLineCount(1);
  }

  @Test
  void anUnknownOptionIsRefusedBeforeAnythingIsBuilt() throws Exception {
    var said = run("run", "--speeed=5");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.output())
        .isEqualTo("tapeline: there is no option --speeed. See ./tapeline run --help.\n");
  }

  @Test
  void anUnknownCommandIsRefused() throws Exception {
    var said = run("rum");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.output())
        .isEqualTo("tapeline: there is no command \"rum\". See ./tapeline help.\n");
  }

  @Test
  void anOldNodeIsSaidByTheDoctor() throws Exception {
    jdk("current", "25");
    executable(place.resolve("bin/node"), "echo v20.18.3");
    var said = run("doctor");
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.output()).contains("Node:  20.18.3 in ").contains("20.19 or newer is needed");
  }

  @Test
  void helpIsShortAndNeedsNoJdk() throws Exception {
    var said = run("help");
    assertThat(said.exitCode()).isZero();
    assertThat(said.output().lines().count()).isLessThan(25);
  }

  private Said run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Said run(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("/bin/bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", place.resolve("home").toString());
    builder.environment().put("PATH", tools() + ":/nonexistent");
    builder.environment().put("TAPELINE_JDK_PLACES", place.resolve("jdks") + "/*");
    builder.environment().putAll(environment);
    var process = builder.start();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), output);
  }

  /** The plain tools of a system, but neither its Java nor its Node. */
  private Path tools() throws IOException {
    var bin = Files.createDirectories(place.resolve("bin"));
    for (var tool :
        List.of(
            "awk",
            "cat",
            "cut",
            "df",
            "dirname",
            "du",
            "find",
            "head",
            "ls",
            "readlink",
            "sed",
            "sort",
            "tr",
            "uname")) {
      for (var directory : List.of("/usr/bin", "/bin")) {
        var real = Path.of(directory, tool);
        if (Files.exists(real) && !Files.exists(bin.resolve(tool))) {
          executable(bin.resolve(tool), "exec " + real + " \"$@\"");
        }
      }
    }
    return bin;
  }

  private Path jdk(String name, String version) throws IOException {
    var home = place.resolve("jdks").resolve(name);
    executable(home.resolve("bin/java"), "exit 1");
    executable(home.resolve("bin/javac"), "exit 1");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void executable(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
