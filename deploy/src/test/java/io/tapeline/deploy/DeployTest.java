package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tapeline.stack.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to Kubernetes and to a container engine is what the services really are. */
class DeployTest {
  /** Who calls whom over HTTP, as the architecture page draws it; * is anybody. */
  private static final Set<String> ARROWS =
      Set.of(
          "* -> ui-bridge:8080",
          "ui-bridge -> order-service:8081",
          "ui-bridge -> position-service:8082",
          "ui-bridge -> market-gateway:8083",
          "order-service -> order-service:8081",
          // verify asks it how many orders there are (ADR 0020)
          "position-service -> order-service:8081");

  private static final Set<String> TO_EVERYBODYS_BACKING = Set.of("kafka:9092", "postgres:5432");

  static Stream<String> services() {
    return Sources.SERVICES.stream();
  }

  private static Deployment deployment(String service) {
    return Manifests.in("base", Deployment.class).stream()
        .filter(d -> d.getMetadata().getName().equals(service))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no deployment of " + service));
  }

  private static Container container(String service) {
    return deployment(service).getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  @Test
  void everyManifestIsOneThatKubernetesAndTheOperatorsKnow() {
    assertThat(Manifests.all()).hasSizeGreaterThan(40);
  }

  @Test
  void aTypoIsAnError() throws IOException {
    var file = Manifests.KUBERNETES.resolve("base/order-service.yaml");
    var sound = Files.readString(file);
    assertThat(Manifests.read(file, sound)).isNotEmpty();
    for (var word :
        List.of("readinessProbe", "containerPort", "maxUnavailable", "readOnlyRootFilesystem")) {
      var mistyped = sound.replace(word, word.substring(1));
      assertThat(mistyped).isNotEqualTo(sound);
      assertThatThrownBy(() -> Manifests.read(file, mistyped)).hasMessageContaining("Unrecognized");
    }
    assertThatThrownBy(
            () -> Manifests.read(file, sound.replace("kind: Service\n", "kind: Servus\n")))
        .hasMessageContaining("nobody knows");
  }

  @Test
  void everyFileIsPartOfABaseOrAnOverlay() throws IOException {
    try (var kubernetes = Files.walk(Manifests.KUBERNETES);
        var grafana = Files.walk(Manifests.GRAFANA)) {
      var files = Stream.concat(kubernetes, grafana);
      for (var file : files.filter(f -> f.endsWith("kustomization.yaml")).toList()) {
        var directory = file.getParent();
        var listed = new TreeSet<String>();
        for (var resource : Manifests.yaml(file).path("resources")) listed.add(resource.asText());
        for (var patch : Manifests.yaml(file).path("patches"))
          listed.add(patch.path("path").asText());
        for (var name : listed) assertThat(directory.resolve(name)).exists();
        try (var beside = Files.list(directory)) {
          assertThat(beside.filter(f -> f.toString().endsWith(".yaml") && !f.equals(file)))
              .allSatisfy(f -> assertThat(listed).contains(f.getFileName().toString()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void aServiceIsReachedWhereItListens(String service) {
    var listens = Integer.valueOf(Sources.settings(service).getProperty("quarkus.http.port"));
    var port = container(service).getPorts().getFirst();
    assertThat(port.getContainerPort()).isEqualTo(listens);
    var reached =
        Manifests.in("base", Service.class).stream()
            .filter(s -> s.getMetadata().getName().equals(service))
            .findFirst()
            .orElseThrow();
    assertThat(reached.getSpec().getSelector()).isEqualTo(Map.of("app", service));
    assertThat(reached.getSpec().getPorts().getFirst().getPort()).isEqualTo(listens);
    assertThat(reached.getSpec().getPorts().getFirst().getTargetPort().getStrVal())
        .isEqualTo(port.getName());
    assertThat(Sources.text(Manifests.ROOT.resolve("deploy/images/build")))
        .contains(service + ":" + listens);
  }

  @ParameterizedTest
  @MethodSource("services")
  void itsProbesAskWhatItAnswers(String service) {
    var container = container(service);
    assertAsks(container.getStartupProbe(), "started");
    assertAsks(container.getReadinessProbe(), "ready");
    assertAsks(container.getLivenessProbe(), "live");
  }

  /** The paths are those of quarkus-smallrye-health, which no service changes. */
  private static void assertAsks(Probe probe, String what) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo("/q/health/" + what);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    for (var service : Sources.SERVICES) {
      assertThat(Sources.settings(service).stringPropertyNames())
          .noneMatch(name -> name.startsWith("quarkus.smallrye-health"))
          .noneMatch(name -> name.endsWith("-root-path") || name.endsWith("http.root-path"));
    }
  }

  @Test
  void everyEnvironmentVariableIsASettingThatSomebodyReads() {
    var known = Sources.environmentVariables();
    var told = new TreeSet<String>();
    for (var map : configMaps()) told.addAll(map.getData().keySet());
    for (var manifest : Overlay.render("overlays/production")) {
      if (manifest.read() instanceof Deployment deployment) {
        for (var variable : variables(deployment)) told.add(variable.getName());
      }
    }
    var compose = Manifests.yaml(Manifests.ROOT.resolve("deploy/compose/compose.yaml"));
    compose.path("x-settings").fieldNames().forEachRemaining(told::add);
    assertThat(told).isNotEmpty().isSubsetOf(known);
  }

  private static List<ConfigMap> configMaps() {
    return Stream.of("base", "overlays/production")
        .flatMap(directory -> Manifests.in(directory, ConfigMap.class).stream())
        .filter(map -> map.getMetadata().getName().equals("tapeline"))
        .toList();
  }

  private static List<EnvVar> variables(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
        .flatMap(container -> container.getEnv().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("services")
  void secretsComeByReferenceAndOnlyItsOwn(String service) {
    for (var variable : variables(deployment(service))) {
      assertThat(variable.getValue()).isNull();
      var reference = variable.getValueFrom().getSecretKeyRef();
      assertThat(reference.getName()).isEqualTo(service + "-postgres");
      assertThat(reference.getKey()).isIn("username", "password");
    }
    var settings = configMaps().getFirst().getData();
    assertThat(settings.keySet()).noneMatch(name -> name.contains("PASSWORD"));
    var pod = deployment(service).getSpec().getTemplate().getSpec();
    var secret =
        pod.getVolumes().stream().filter(v -> v.getSecret() != null).findFirst().orElseThrow();
    assertThat(secret.getSecret().getSecretName()).isEqualTo("tapeline-installation");
    var mounted =
        container(service).getVolumeMounts().stream()
            .filter(mount -> mount.getName().equals(secret.getName()))
            .findFirst()
            .orElseThrow();
    assertThat(settings.get("TAPELINE_SECRET_FILE")).isEqualTo(mounted.getMountPath() + "/secret");
  }

  @ParameterizedTest
  @MethodSource("services")
  void aServiceMayDoNothingThatItNeedNot(String service) {
    var pod = deployment(service).getSpec().getTemplate().getSpec();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getServiceAccountName()).isEqualTo(service);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    var context = container(service).getSecurityContext();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(Manifests.in("base", ServiceAccount.class))
        .anyMatch(account -> account.getMetadata().getName().equals(service))
        .allMatch(account -> !account.getAutomountServiceAccountToken());
    // and nobody gives an account a right
    assertThat(Manifests.all()).noneMatch(manifest -> manifest.kind().contains("Role"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void onlyTheGatewayIsAwayWhileANewVersionComes(String service) {
    var strategy = deployment(service).getSpec().getStrategy();
    var budget =
        Manifests.in("base", PodDisruptionBudget.class).stream()
            .anyMatch(b -> b.getMetadata().getName().equals(service));
    if (service.equals("market-gateway")) {
      assertThat(strategy.getType()).isEqualTo("Recreate");
      assertThat(deployment(service).getSpec().getReplicas()).isEqualTo(1);
    } else {
      assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
      assertThat(budget).isTrue();
      assertThat(
              deployment(service).getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
          .hasSize(1);
    }
  }

  @Test
  void theNetworkAllowsTheArrowsAndNothingElse() {
    var in = new TreeSet<String>();
    var out = new TreeSet<String>();
    for (var policy : Manifests.in("base", NetworkPolicy.class)) {
      var who = app(policy.getSpec().getPodSelector().getMatchLabels());
      if (policy.getMetadata().getName().equals("nothing-unless-allowed")) {
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).isEmpty();
        assertThat(policy.getSpec().getEgress()).isEmpty();
      } else if (!policy.getMetadata().getName().equals("names")) {
        for (var rule : policy.getSpec().getIngress()) {
          var port = rule.getPorts().getFirst().getPort().getIntVal();
          if (rule.getFrom().isEmpty()) in.add("* -> " + who + ":" + port);
          for (var peer : rule.getFrom()) in.add(app(peer) + " -> " + who + ":" + port);
        }
        for (var rule : policy.getSpec().getEgress()) {
          var port = rule.getPorts().getFirst().getPort().getIntVal();
          for (var peer : rule.getTo()) out.add(who + " -> " + app(peer) + ":" + port);
        }
      }
    }
    assertThat(in).isEqualTo(new TreeSet<>(ARROWS));
    var allowedOut = new TreeSet<String>();
    ARROWS.stream().filter(arrow -> !arrow.startsWith("*")).forEach(allowedOut::add);
    for (var service : Sources.SERVICES)
      for (var backing : TO_EVERYBODYS_BACKING) allowedOut.add(service + " -> " + backing);
    assertThat(out).isEqualTo(allowedOut);
  }

  private static String app(NetworkPolicyPeer peer) {
    return app(peer.getPodSelector().getMatchLabels());
  }

  private static String app(Map<String, String> labels) {
    return labels.getOrDefault("app", labels.getOrDefault("tapeline.io/part", "?"));
  }

  @Test
  void autoscalingAsksForMetersThatAreThere() {
    var scalers = Manifests.in("overlays/production", HorizontalPodAutoscaler.class);
    assertThat(scalers).isNotEmpty();
    for (var scaler : scalers) {
      var service = scaler.getSpec().getScaleTargetRef().getName();
      for (var metric : scaler.getSpec().getMetrics()) {
        assertThat(Sources.meters(service)).contains(metric.getPods().getMetric().getName());
      }
    }
  }

  @Test
  void theDoorOfTheClusterLeadsToTheBridge() {
    var ingress = Manifests.in("overlays/production", Ingress.class).getFirst();
    var rule = ingress.getSpec().getRules().getFirst();
    var backend = rule.getHttp().getPaths().getFirst().getBackend().getService();
    assertThat(backend.getName()).isEqualTo("ui-bridge");
    assertThat(backend.getPort().getName()).isEqualTo("http");
    var hosts =
        Manifests.in("overlays/production", ConfigMap.class)
            .getFirst()
            .getData()
            .get("TAPELINE_HOSTS");
    assertThat(List.of(hosts.split(","))).contains(rule.getHost());
  }

  @Test
  void everyDatabaseUserHasItsSchemas() {
    var cluster = postgres();
    var roles = new TreeSet<String>();
    for (var role : cluster.at("/spec/managed/roles")) {
      roles.add(role.path("name").asText());
      assertThat(role.at("/passwordSecret/name").asText())
          .isEqualTo(role.path("name").asText().replace('_', '-') + "-postgres");
    }
    assertThat(roles).isEqualTo(new TreeSet<>(Database.USERS));
    var made = new TreeSet<String>();
    var wanted = new TreeSet<String>();
    for (var statement : cluster.at("/spec/bootstrap/initdb/postInitApplicationSQL"))
      if (statement.asText().startsWith("create schema")) made.add(statement.asText());
    Database.SCHEMAS_BY_USER.forEach(
        (user, schemas) ->
            schemas.forEach(s -> wanted.add("create schema " + s + " authorization " + user)));
    assertThat(made).containsAll(wanted);
  }

  private static JsonNode postgres() {
    return Manifests.in("overlays/production", JsonNode.class).stream()
        .filter(node -> node.path("kind").asText().equals("Cluster"))
        .findFirst()
        .orElseThrow();
  }

  /** An AOT cache serves only a Java that runs with the options it was made with. */
  @Test
  void servicesRunInTheirImagesAsTheLauncherRunsThem() {
    var launcher =
        Sources.text(
            Manifests.ROOT.resolve(
                "libs/local-stack/src/main/java/io/tapeline/stack/ServiceSpec.java"));
    var image = Sources.text(Manifests.ROOT.resolve("deploy/images/service/tapeline-service"));
    var options = Pattern.compile("\"(-(?:X|Djdk|-)[^\"]*[^\"=])\"").matcher(launcher);
    assertThat(options.results().map(found -> found.group(1)))
        .hasSizeGreaterThan(6)
        .allSatisfy(option -> assertThat(image).contains(option));
    assertThat(launcher).contains("Map.of(\"MALLOC_ARENA_MAX\", \"2\")");
    assertThat(image).contains("export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}");
  }

  @Test
  void noFileKnowsAMachine() throws IOException {
    try (var files = Files.walk(Manifests.ROOT.resolve("deploy"))) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .filter(
                      f ->
                          !f.toString().contains("/target/") && !f.toString().contains("/secrets/"))
                  .filter(f -> !f.toString().endsWith(".java"))
                  .map(Path::toFile))
          .allSatisfy(
              file -> assertThat(Sources.text(file.toPath())).doesNotContain("/usr/lib/jvm"));
    }
  }
}
