package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tapeline.stack.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The desk of compose.yaml is that of deploy/kubernetes, said in the words of compose. */
class ComposeTest {
  static final List<String> SERVICES = Sources.SERVICES;

  private static final JsonNode COMPOSE =
      Manifests.yaml(Manifests.ROOT.resolve("deploy/compose/compose.yaml"));

  /** What is said of the same thing in two files: for compose the logs are for people to read. */
  private static final String ONLY_IN_CLUSTERS = "TAPELINE_LOG_JSON";

  private static Container container(String name) {
    return Overlay.render("overlays/local").stream()
        .map(Manifests.Manifest::read)
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .map(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().getFirst())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> environment(JsonNode node) {
    var environment = new TreeMap<String, String>();
    node.properties().forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    return environment;
  }

  @Test
  void theServicesAreToldTheSame() {
    var told = environment(COMPOSE.path("x-settings"));
    assertThat(told.put("TAPELINE_VENUE", "sim")).isEqualTo("${TAPELINE_VENUE:-sim}");
    var inClusters = new TreeMap<>(Manifests.in("base", ConfigMap.class).getFirst().getData());
    inClusters.remove(ONLY_IN_CLUSTERS);
    assertThat(told).isEqualTo(inClusters);
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void aServiceIsTheSameContainer(String name) {
    var service = COMPOSE.at("/services/" + name);
    assertThat(service.path("image").asText())
        .isEqualTo(container(name).getImage().replace(":latest", ":${TAPELINE_TAG:-latest}"));
    var user = name.replace('-', '_');
    assertThat(Database.USERS).contains(user);
    var own = environment(service.path("environment"));
    own.remove("<<");
    assertThat(own.get("QUARKUS_DATASOURCE_USERNAME")).isEqualTo(user);
    assertThat(own.get("QUARKUS_DATASOURCE_PASSWORD"))
        .startsWith("${" + user.toUpperCase(java.util.Locale.ROOT) + "_PASSWORD:?");
    assertThat(own.keySet())
        .isEqualTo(
            container(name).getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet()));
  }

  @Test
  void aServiceMayDoAsLittle() {
    var common = COMPOSE.path("x-service");
    assertThat(common.path("read_only").asBoolean()).isTrue();
    assertThat(common.at("/cap_drop/0").asText()).isEqualTo("ALL");
    assertThat(common.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
    assertThat(common.at("/tmpfs/0").asText()).isEqualTo("/tmp");
    assertThat(common.at("/volumes/0").asText()).endsWith(":/run/tapeline/secret:ro");
    assertThat(common.path("stop_grace_period").asText()).isEqualTo("30s");
  }

  @Test
  void kafkaAndPostgresAreTheSame() {
    var kafka = environment(COMPOSE.at("/services/kafka/environment"));
    var inClusters = new TreeMap<String, String>();
    for (var variable : container("kafka").getEnv())
      inClusters.put(variable.getName(), variable.getValue());
    inClusters.remove("KAFKA_HEAP_OPTS");
    assertThat(kafka).isEqualTo(inClusters);
    for (var name : List.of("kafka", "postgres"))
      assertThat(COMPOSE.at("/services/" + name + "/image").asText())
          .endsWith(":-" + container(name).getImage() + "}");
    var data = container("postgres").getVolumeMounts().getFirst().getMountPath();
    assertThat(COMPOSE.at("/services/postgres/volumes/0").asText()).isEqualTo("postgres:" + data);
  }

  @Test
  void onlyTheBridgeIsReachedFromOutsideAndOnlyFromThisMachine() {
    for (var service : COMPOSE.path("services").properties()) {
      var ports = service.getValue().path("ports");
      if (service.getKey().equals("ui-bridge"))
        assertThat(ports.get(0).asText()).startsWith("127.0.0.1:").endsWith(":8080");
      else assertThat(ports).isEmpty();
    }
  }

  @Test
  void productionTakesTheSameImagesFromElsewhere() {
    var images = new ArrayList<String>();
    for (var service : Sources.SERVICES) images.add("localhost/tapeline/" + service);
    var replaced =
        StreamSupport.stream(
                Manifests.yaml(
                        Manifests.KUBERNETES.resolve("overlays/production/kustomization.yaml"))
                    .path("images")
                    .spliterator(),
                false)
            .map(image -> image.path("name").asText());
    assertThat(replaced).containsExactlyInAnyOrderElementsOf(images);
  }
}
