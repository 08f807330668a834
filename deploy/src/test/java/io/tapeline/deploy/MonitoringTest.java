package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What Prometheus and Grafana are told. That every series they ask for is there is seen on a desk
 * that runs, by RestartIT of the system tests.
 */
class MonitoringTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(Tapeline\\w+)` \\|");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  private static <T> T only(Class<T> type) {
    var found =
        Overlay.render("overlays/production").stream()
            .map(Manifests.Manifest::read)
            .filter(type::isInstance)
            .map(type::cast)
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Rule> rules() {
    return only(PrometheusRule.class).getSpec().getGroups().stream()
        .flatMap(group -> group.getRules().stream())
        .toList();
  }

  @Test
  void everyAlarmIsExplainedAndNoOtherIs() {
    var explained = new ArrayList<String>();
    var row = ROW.matcher(Sources.text(Manifests.ROOT.resolve("docs/operations.md")));
    while (row.find()) explained.add(row.group(1));
    assertThat(rules().stream().map(Rule::getAlert)).doesNotHaveDuplicates();
    assertThat(explained).containsExactlyElementsOf(rules().stream().map(Rule::getAlert).toList());
    for (var rule : rules()) {
      assertThat(rule.getLabels().get("severity")).isIn("critical", "warning");
      assertThat(rule.getAnnotations().get("summary")).endsWith(".");
    }
  }

  @Test
  void everyServiceIsAskedAtItsPortWithTheTokenForMetrics() {
    var monitor = only(PodMonitor.class).getSpec();
    assertThat(monitor.getPodTargetLabels()).containsExactly("app");
    var endpoint = monitor.getPodMetricsEndpoints().getFirst();
    assertThat(endpoint.getPort()).isEqualTo("http");
    assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
    assertThat(endpoint.getAuthorization().getCredentials().getName())
        .isEqualTo("tapeline-metrics");
    assertThat(endpoint.getAuthorization().getCredentials().getKey()).isEqualTo("token");
    assertThat(monitor.getSelector().getMatchExpressions().getFirst().getValues())
        .containsExactlyElementsOf(Sources.SERVICES);
  }

  @Test
  void prometheusAndNobodyElseOfAnotherNamespaceReachesTheServices() {
    var beyondTheBase =
        Overlay.render("overlays/production").stream()
            .map(Manifests.Manifest::read)
            .filter(NetworkPolicy.class::isInstance)
            .map(NetworkPolicy.class::cast)
            .filter(policy -> !names("base").contains(policy.getMetadata().getName()))
            .toList();
    assertThat(beyondTheBase).hasSize(1);
    var policy = beyondTheBase.getFirst().getSpec();
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress");
    assertThat(policy.getPodSelector().getMatchExpressions().getFirst().getValues())
        .containsExactlyElementsOf(Sources.SERVICES);
    assertThat(policy.getIngress()).hasSize(1);
    var rule = policy.getIngress().getFirst();
    assertThat(rule.getPorts().getFirst().getPort().getStrVal()).isEqualTo("http");
    assertThat(rule.getFrom()).hasSize(1);
    assertThat(rule.getFrom().getFirst().getPodSelector().getMatchLabels())
        .isEqualTo(Map.of("app.kubernetes.io/name", "prometheus"));
    assertThat(rule.getFrom().getFirst().getNamespaceSelector().getMatchLabels())
        .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring"));
  }

  private static Set<String> names(String directory) {
    var names = new TreeSet<String>();
    for (var policy : Manifests.in(directory, NetworkPolicy.class))
      names.add(policy.getMetadata().getName());
    return names;
  }

  @Test
  void grafanaGetsEveryDashboard() throws IOException {
    var map =
        Overlay.render("overlays/production").stream()
            .map(Manifests.Manifest::read)
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .filter(each -> each.getMetadata().getName().equals("tapeline-dashboards"))
            .findFirst()
            .orElseThrow();
    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(map.getData().keySet()).isEqualTo(dashboards().keySet());
  }

  private static Map<String, JsonNode> dashboards() throws IOException {
    var dashboards = new TreeMap<String, JsonNode>();
    try (var files = Files.list(Manifests.GRAFANA.resolve("dashboards"))) {
      for (var file : files.toList())
        dashboards.put(file.getFileName().toString(), Manifests.yaml(file));
    }
    return dashboards;
  }

  @Test
  void aPanelHasAUnitAndNamesOnlyWhatItsQueryLeaves() throws IOException {
    for (var dashboard : dashboards().entrySet()) {
      assertThat(dashboard.getValue().path("uid").asText() + ".json").isEqualTo(dashboard.getKey());
      var ids = new TreeSet<Integer>();
      for (var panel : dashboard.getValue().path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).as(dashboard.getKey()).isTrue();
        assertThat(panel.path("title").asText()).isNotEmpty();
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
        for (var target : panel.path("targets")) {
          var legend = LEGEND.matcher(target.path("legendFormat").asText());
          while (legend.find())
            assertThat(target.path("expr").asText())
                .as("by what the legend %s names", legend.group(1))
                .containsPattern("by \\([^)]*\\b" + legend.group(1) + "\\b[^)]*\\)");
        }
      }
    }
  }
}
