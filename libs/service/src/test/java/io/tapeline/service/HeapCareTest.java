package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapCareTest {
  private static final int MEGA = 1 << 20;

  @Test
  void whatIsDeadDoesNotFillTheOldGeneration() throws Exception {
    assertThat(mostOfOldMegabytes("cared for")).isLessThan(60);
  }

  /** That the other test shows anything. */
  @Test
  void withoutCareItDoes() throws Exception {
    assertThat(mostOfOldMegabytes("left alone")).isGreaterThan(120);
  }

  @Test
  void theNextLookIsAtSomeMegabytesMoreThanLivesOrHalfAsMuchMore() {
    assertThat(HeapCare.next(3L * MEGA, 170L * MEGA)).isEqualTo(40L * MEGA);
    assertThat(HeapCare.next(30L * MEGA, 170L * MEGA)).isEqualTo(54L * MEGA);
    assertThat(HeapCare.next(80L * MEGA, 170L * MEGA)).isEqualTo(120L * MEGA);
    assertThat(HeapCare.next(160L * MEGA, 170L * MEGA)).isEqualTo(170L * MEGA);
  }

  private static int mostOfOldMegabytes(String how) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    "-Xmn16m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Garbage.class.getName(),
                    how))
            .redirectErrorStream(true)
            .start();
    try (var output = process.getInputStream()) {
      var said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(said).isZero();
      return Integer.parseInt(said);
    }
  }

  /** Keeps ten megabytes of what is long enough alive to become old; says the most there was. */
  static final class Garbage {
    private Garbage() {}

    public static void main(String[] arguments) throws InterruptedException {
      if (arguments[0].equals("cared for")) HeapCare.watch();
      var old =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Tenured Gen"))
              .findFirst()
              .orElseThrow();
      var kept = new ArrayDeque<byte[]>();
      for (var i = 0; i < 6_000; i++) {
        kept.addLast(new byte[MEGA / 10]);
        if (kept.size() > 100) kept.removeFirst();
        // the collection is another thread's
        if (i % 20 == 0) Thread.sleep(5);
      }
      System.out.println(old.getPeakUsage().getUsed() / MEGA);
    }
  }
}
