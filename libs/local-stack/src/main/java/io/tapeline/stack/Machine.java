package io.tapeline.stack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a bench ran on. */
record Machine(
    String system, String processor, int cores, double gigabytes, String java, double load) {
  private static final double GIGA = 1e9;

  static Machine now() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        os.getName() + ' ' + os.getVersion() + ' ' + os.getArch(),
        processorName(),
        os.getAvailableProcessors(),
        os.getTotalMemorySize() / GIGA,
        Runtime.version().toString(),
        os.getSystemLoadAverage());
  }

  private static String processorName() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("not told");
    } catch (IOException e) {
      return "not told";
    }
  }

  @Override
  public String toString() {
    return "%s, %d cores (%s), %.0f GB, Java %s, load %.1f at the start"
        .formatted(system, cores, processor, gigabytes, java, load);
  }
}
