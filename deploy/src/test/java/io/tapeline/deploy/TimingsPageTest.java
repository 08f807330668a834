package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

  private static final Path HOPS =
      Manifests.ROOT.resolve("libs/service/src/main/java/io/tapeline/service/Hop.java");
  private static final Pattern HOP =
      Pattern.compile("[A-Z_]+\\(\\s*By\\.([A-Z]+)," + TEXT + "," + TEXT + "," + TEXT + "\\)");

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

  @Test
  void theBudgetsOfAWayAreThatOfTheWhole() {
    for (var way : List.of("hop.tick.", "hop.click.")) {
      var parts =
          hops().stream()
              .filter(hop -> hop.name().startsWith(way))
              .filter(hop -> !hop.name().equals("hop.tick.venue"))
              .collect(Collectors.partitioningBy(hop -> hop.name().equals(way + "all")));
      assertThat(parts.get(false)).as(way).hasSizeGreaterThan(4);
      assertThat(parts.get(false).stream().mapToInt(hop -> millis(hop.threshold())).sum())
          .as(way)
          .isEqualTo(millis(parts.get(true).getFirst().threshold()));
    }
  }

  private static int millis(String budget) {
    return Integer.parseInt(budget.replace("ms", ""));
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
        + declared().stream().map(TimingsPageTest::row).collect(Collectors.joining())
        + """

        ## The hops of two ways

        Tick to paint, and click to confirmed, in the order of the way; "…" goes on where the line before ended. The budget is of the 99th
        percentile, and what the panel Latency shows beside what is measured ([ADR 0028](adr/0028-a-hop-is-timed-where-it-ends.md)). The
        lines with `all` are the whole ways, by one clock: percentiles of the parts do not add up to theirs. `hop.tick.venue` is before the
        way: a practice exchange quotes in steps. What began on another machine is only as good as the two clocks (one host, or NTP); a
        page corrects its own by the answers to its pings. What was on its way for more than a minute waited for somebody who was away,
        and is not counted. A page tells every 5 s, of at most ten frames a second, and only while it is looked at.

        | taken by | name | budget | what |
        |---|---|---|---|
        """
        + hops().stream().map(TimingsPageTest::row).collect(Collectors.joining());
  }

  private static List<Declared> hops() {
    try {
      return HOP.matcher(Files.readString(HOPS))
          .results()
          .map(
              hop ->
                  new Declared(
                      hop.group(1).toLowerCase(Locale.ROOT),
                      hop.group(2),
                      hop.group(3),
                      hop.group(4)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(Declared one) {
    return "| %s | `%s` | %s | %s |%n"
        .formatted(one.service(), one.name(), one.threshold(), one.what());
  }
}
