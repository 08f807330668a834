package io.tapeline.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The real launcher as a process of its own, with fake services, on ports of its own. */
final class Launched {
  private final Path place;
  private final List<Integer> ports;
  private final Path output;
  private Process process;

  private Launched(Path place, List<Integer> ports, Path output, Process process) {
    this.place = place;
    this.ports = ports;
    this.output = output;
    this.process = process;
  }

  static Launched run(Path place, List<Integer> ports, String... more) throws IOException {
    makeFakeServices(place);
    var arguments = new ArrayList<>(List.of("run", "--data", data(place).toString()));
    var options =
        List.of(
            "--port",
            "--orders-port",
            "--positions-port",
            "--market-port",
            "--postgres-port",
            "--kafka-port",
            "--kafka-controller-port");
    for (var i = 0; i < options.size(); i++) {
      arguments.addAll(List.of(options.get(i), "" + ports.get(i)));
    }
    arguments.addAll(List.of(more));
    return start(place, ports, arguments);
  }

  static Launched start(Path place, List<Integer> ports, List<String> arguments)
      throws IOException {
    // The launcher keeps PostgreSQL's programs with the data; tests share theirs.
    Files.createDirectories(data(place).getParent());
    var output = Files.createTempFile(place, "launcher", ".out");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dtapeline.home=" + place));
    command.add(Launcher.class.getName());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    // As the launcher has it: without what only the tests bring along.
    var classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("jboss-logmanager"))
            .collect(Collectors.joining(File.pathSeparator));
    builder.environment().put("CLASSPATH", classPath);
    var process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    return new Launched(place, ports, output, process);
  }

  static Path data(Path place) {
    return place.resolve("the data");
  }

  List<Integer> ports() {
    return ports;
  }

  long pid() {
    return process.pid();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  void awaitOutput(String part) {
    await(part, () -> output().contains(part));
  }

  void await(String what, java.util.function.BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || (!process.isAlive() && !condition.getAsBoolean())) {
        throw new AssertionError("never: " + what + "\n" + output());
      }
      Waiting.pause(Duration.ofMillis(50));
    }
  }

  /** As Ctrl-C does. */
  void interrupt() throws IOException {
    var _ = new ProcessBuilder("kill", "-INT", "" + process.pid()).start();
  }

  void kill() {
    process.destroyForcibly();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end\n" + output());
    }
    return process.exitValue();
  }

  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  List<String> diary() {
    try {
      return Files.readAllLines(data(place).resolve("logs/diary"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void makeFakeServices(Path place) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    manifest
        .getMainAttributes()
        .put(Attributes.Name.CLASS_PATH, Path.of("target/test-classes").toUri().toString());
    for (var service :
        List.of("market-gateway", "order-service", "position-service", "ui-bridge")) {
      var jar = place.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
      Files.createDirectories(jar.getParent());
      try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        out.flush();
      }
    }
  }
}
