package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of timings lists what the code declares. A page that does not is written anew with
 * {@code -Dtimings.write=true}.
 */
class TimingsPageTest {
  private static final Path PAGE = Manifests.ROOT.resolve("docs/timings.md");
  private static final String TEXT = "\\s*\"([^\"]+)\"";
  private static final Pattern DECLARED =
      Pattern.compile("\\.(declare|hop)\\(" + TEXT + "," + TEXT + "," + TEXT + "\\)");
  private static final Pattern MARKED =
      Pattern.compile(
          "@Time(Function|ApiCall)\\(\\s*name ="
              + TEXT
              + ",\\s*threshold ="
              + TEXT
              + ",\\s*what ="
              + TEXT
              + "\\)");

  private record Declared(String service, String name, String threshold, String what) {}

  @Test
  void thePageListsWhatTheCodeTimes() throws IOException {
    if (Boolean.getBoolean("timings.write")) Files.writeString(PAGE, page());
    assertThat(PAGE)
        .as("stale: run the test with -Dtimings.write=true")
        .content()
        .isEqualTo(page());
  }

  @Test
  void aNameStandsForOneThingInAService() {
    assertThat(declared())
        .hasSizeGreaterThan(8)
        .extracting(each -> each.service() + ' ' + each.name())
        .contains("order-service place_order", "market-gateway venue_call")
        .doesNotHaveDuplicates();
  }

  private static List<Declared> declared() {
    var all = new ArrayList<Declared>();
    for (var service : Sources.SERVICES) {
      var found = new ArrayList<Declared>();
      for (var source : Sources.java(service))
        for (var pattern : List.of(DECLARED, MARKED))
          for (var match : pattern.matcher(source).results().toList())
            found.add(new Declared(service, match.group(2), match.group(3), match.group(4)));
      found.sort(Comparator.comparing(Declared::name));
      all.addAll(found);
    }
    return all;
  }

  private static String page() {
    return """
        # What is timed

        <!-- Written by TimingsPageTest from the code; do not edit. -->

        `./tapeline timings` shows these of a running desk, `GET /api/timings` serves them, Prometheus has them as `tapeline_operation_seconds`
        by `name` and `outcome`. What takes longer than its threshold is warned of in the log, at most every ten seconds by name; what is a hop
        of a longer way is counted and not warned of. Another threshold is a setting: `tapeline.timing.thresholds."place_order"=20ms`.
        ui-bridge also times every kind of call that it passes on (`GET /api/accounts/{account}/orders`), with a threshold of 1s.

        | service | name | threshold | what |
        |---|---|---|---|
        """
        + declared().stream().map(TimingsPageTest::row).collect(Collectors.joining());
  }

  private static String row(Declared one) {
    return "| %s | `%s` | %s | %s |%n"
        .formatted(one.service(), one.name(), one.threshold(), one.what());
  }
}
