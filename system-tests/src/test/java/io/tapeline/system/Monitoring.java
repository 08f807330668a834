package io.tapeline.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What dashboards and alert rules ask Prometheus for, held against what the services say: a name, a
 * label or a value of one that nobody has would be an empty panel, and an alarm that never comes.
 */
final class Monitoring {
  private static final Path GRAFANA = Desk.ROOT.resolve("deploy/grafana");
  private static final List<String> SERVICES =
      List.of("ui-bridge", "order-service", "position-service", "market-gateway");

  /** What Prometheus adds itself. */
  private static final Set<String> OF_THE_TARGET =
      Set.of("app", "pod", "instance", "job", "namespace");

  private static final Set<String> OF_PROMETHEUS = Set.of("up");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?(\\s*\\()?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");

  /** A line of a service's metrics, without its number. */
  private record Series(String service, String name, Map<String, String> labels) {}

  private Monitoring() {}

  /** What is asked for and not there, each with the file that asks; empty when all is well. */
  static Set<String> askedForInVain(Desk desk) {
    var said = new ArrayList<Series>();
    for (var service : SERVICES)
      for (var line : desk.metrics(service).lines().toList())
        if (!line.startsWith("#")) said.add(series(service, line));
    var missing = new TreeSet<String>();
    for (var expression : expressions()) {
      for (var complaint : complaints(expression.text(), said))
        missing.add(expression.file() + ": " + complaint + " of " + expression.text());
    }
    return missing;
  }

  private record Expression(String file, String text) {}

  private static List<Expression> expressions() {
    var expressions = new ArrayList<Expression>();
    try (var dashboards = Files.list(GRAFANA.resolve("dashboards"))) {
      for (var file : dashboards.sorted().toList()) collect(file, expressions);
      collect(GRAFANA.resolve("alerts.yaml"), expressions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return expressions;
  }

  /** JSON is YAML as well. */
  private static void collect(Path file, List<Expression> into) throws IOException {
    for (JsonNode found : new YAMLMapper().readTree(file.toFile()).findValues("expr"))
      into.add(new Expression(file.getFileName().toString(), found.asText()));
  }

  private static Set<String> complaints(String expression, List<Series> said) {
    var complaints = new TreeSet<String>();
    var known = new TreeSet<>(OF_THE_TARGET);
    var selector =
        SELECTOR.matcher(
            GROUPING.matcher(expression).replaceAll("").replaceAll("\\[\\d[^]]*]|\\b\\d\\w*", ""));
    while (selector.find()) {
      var name = selector.group(1);
      if (selector.group(3) != null || WORDS.contains(name) || OF_PROMETHEUS.contains(name))
        continue;
      var labels = selector.group(2) == null ? "" : selector.group(2);
      var found = said.stream().filter(s -> s.name().equals(name) && fits(s, labels)).toList();
      if (found.isEmpty()) complaints.add(selector.group());
      for (var series : found) known.addAll(series.labels().keySet());
    }
    var grouping = GROUPING.matcher(expression);
    while (grouping.find())
      for (var label : grouping.group(1).split(","))
        if (!known.contains(label.strip())) complaints.add("label " + label.strip());
    return complaints;
  }

  private static boolean fits(Series series, String labels) {
    var matcher = LABEL.matcher(labels);
    while (matcher.find()) {
      var label = matcher.group(1);
      if (OF_THE_TARGET.contains(label) && !label.equals("app")) continue;
      var is = label.equals("app") ? series.service() : series.labels().get(label);
      if (is == null) return false;
      var wanted =
          matcher.group(2).endsWith("~")
              ? is.matches(matcher.group(3))
              : is.equals(matcher.group(3));
      if (wanted == matcher.group(2).startsWith("!")) return false;
    }
    return true;
  }

  private static Series series(String service, String line) {
    int brace = line.indexOf('{');
    if (brace < 0) return new Series(service, line.substring(0, line.indexOf(' ')), Map.of());
    var labels = new HashMap<String, String>();
    var label = LABEL.matcher(line.substring(brace));
    while (label.find()) labels.put(label.group(1), label.group(3));
    return new Series(service, line.substring(0, brace), labels);
  }
}
