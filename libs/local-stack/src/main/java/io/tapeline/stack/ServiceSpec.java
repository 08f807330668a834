package io.tapeline.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of the four services and how it is started.
 *
 * @param name of the module, and of the log
 * @param niceness how far it stands back where the processors do not suffice for all, from 0 to 19
 * @param settings as system properties
 * @param secrets as environment variables: command lines can be read by everybody
 */
record ServiceSpec(
    String name,
    Path jar,
    int port,
    int niceness,
    Map<String, String> settings,
    Map<String, String> secrets) {
  /** Set for a trial start after a build: it ends after some orders, and leaves the caches. */
  static final String TRIAL = "tapeline.trial";

  /** More options for Java, to compare what they do; a bench gives them. */
  static final String MORE = "tapeline.service-options";

  /** Cheap on a small machine: live data is a few megabytes. The images state the same. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          // what is young dies within a second: more room for it only fills memory (ADR 0040)
          "-Xms40m",
          "-Xmn24m",
          "-XX:+UseSerialGC",
          // what the compilers took while all was new is given back
          "-XX:TrimNativeHeapInterval=30000",
          // at another address Java would write every pointer of the cache anew (ADR 0031)
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:+ExitOnOutOfMemoryError",
          // a thread keeps every buffer it ever copied through: those of one big fetch would fill
          // the memory for good
          "-Djdk.nio.maxCachedBufferSize=262144",
          "-Xlog:aot=off,cds=off",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Each arena of glibc keeps what its threads once took. */
  private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /** A Ctrl-C goes to the whole process group: only the launcher may act on it, in order. */
  private static final List<String> DEAF_TO_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "tapeline-service");

  Map<String, String> environment() {
    var environment = new java.util.TreeMap<>(ENVIRONMENT);
    environment.putAll(secrets);
    return environment;
  }

  List<String> command() {
    var command = new java.util.ArrayList<>(DEAF_TO_TERMINAL);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add(cache());
    command.addAll(
        Stream.of(System.getProperty(MORE, "").split(" ", -1))
            .filter(option -> !option.isEmpty())
            .toList());
    settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(setting -> command.add("-D" + setting.getKey() + "=" + setting.getValue()));
    command.addAll(List.of("-jar", jar.toString()));
    return List.copyOf(command);
  }

  /**
   * With its classes loaded and linked ahead of time, and with what a trial learned of its methods,
   * a service starts and warms up in a fraction of the time. The JVM goes on without a cache that
   * is missing or does not fit the jars.
   */
  private String cache() {
    var cache = jar.resolveSibling(name + ".aot");
    return (Boolean.getBoolean(TRIAL) ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + cache;
  }
}
