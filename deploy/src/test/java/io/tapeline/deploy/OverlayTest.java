package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a cluster is what an overlay renders to, not what one file of it says. */
class OverlayTest {
  /** Secrets that an installation brings along, or that an operator makes (docs/operations.md). */
  private static final Map<String, Set<String>> SECRETS =
      Map.of(
          "overlays/local",
          Set.of("tapeline-installation", "postgres-admin", "postgres-passwords"),
          "overlays/production",
          Set.of("tapeline-installation", "tapeline-cluster-ca-cert"));

  private static <T> List<T> rendered(String overlay, Class<T> type) {
    return Overlay.render(overlay).stream()
        .map(Manifests.Manifest::read)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static Deployment deployment(String overlay, String name) {
    return rendered(overlay, Deployment.class).stream()
        .filter(d -> d.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<PodSpec> pods(String overlay) {
    var pods = new ArrayList<PodSpec>();
    for (var deployment : rendered(overlay, Deployment.class))
      pods.add(deployment.getSpec().getTemplate().getSpec());
    for (var job : rendered(overlay, Job.class)) pods.add(job.getSpec().getTemplate().getSpec());
    return pods;
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/production"})
  void nothingIsThereTwiceAndAllOfItInOneNamespace(String overlay) {
    var manifests = Overlay.render(overlay);
    assertThat(manifests).doesNotHaveDuplicates();
    assertThat(manifests.stream().map(m -> m.kind() + " " + m.name())).doesNotHaveDuplicates();
    for (var deployment : rendered(overlay, Deployment.class))
      assertThat(deployment.getMetadata().getNamespace()).isEqualTo("tapeline");
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/local", "overlays/production"})
  void whatAPodRefersToIsThere(String overlay) {
    var maps = names(rendered(overlay, ConfigMap.class).stream().map(ConfigMap::getMetadata));
    var claims =
        names(
            rendered(overlay, PersistentVolumeClaim.class).stream()
                .map(PersistentVolumeClaim::getMetadata));
    var accounts =
        names(rendered(overlay, ServiceAccount.class).stream().map(ServiceAccount::getMetadata));
    var secrets = new TreeSet<>(SECRETS.get(overlay));
    Sources.SERVICES.forEach(service -> secrets.add(service + "-postgres"));
    secrets.addAll(names(rendered(overlay, KafkaUser.class).stream().map(KafkaUser::getMetadata)));
    for (var pod : pods(overlay)) {
      if (pod.getServiceAccountName() != null)
        assertThat(accounts).contains(pod.getServiceAccountName());
      for (var container : pod.getContainers()) {
        for (var from : container.getEnvFrom())
          assertThat(maps).contains(from.getConfigMapRef().getName());
        for (var variable : container.getEnv())
          if (variable.getValueFrom() != null)
            assertThat(secrets).contains(variable.getValueFrom().getSecretKeyRef().getName());
        var volumes = pod.getVolumes().stream().map(Volume::getName).toList();
        for (var mount : container.getVolumeMounts()) assertThat(volumes).contains(mount.getName());
      }
      for (var volume : pod.getVolumes()) {
        if (volume.getSecret() != null)
          assertThat(secrets).contains(volume.getSecret().getSecretName());
        if (volume.getPersistentVolumeClaim() != null)
          assertThat(claims).contains(volume.getPersistentVolumeClaim().getClaimName());
      }
    }
  }

  private static Set<String> names(
      java.util.stream.Stream<io.fabric8.kubernetes.api.model.ObjectMeta> metadata) {
    return metadata
        .map(io.fabric8.kubernetes.api.model.ObjectMeta::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In production Kafka and PostgreSQL are services that their operators make. */
  @Test
  void theAddressesThatAreToldAreThere() {
    var services =
        names(rendered("overlays/local", Service.class).stream().map(Service::getMetadata));
    var told = rendered("overlays/local", ConfigMap.class).getFirst().getData();
    assertThat(services).contains(told.get("KAFKA_BOOTSTRAP_SERVERS").split(":")[0]);
    assertThat(services)
        .contains(URI.create(told.get("QUARKUS_DATASOURCE_REACTIVE_URL")).getHost());
    told.forEach(
        (name, value) -> {
          if (name.startsWith("TAPELINE_SERVICES_"))
            assertThat(services).contains(URI.create(value).getHost());
        });
    var production = rendered("overlays/production", ConfigMap.class).getFirst().getData();
    assertThat(production)
        .containsAllEntriesOf(Map.of("TAPELINE_VENUE", told.get("TAPELINE_VENUE")));
    assertThat(production.get("KAFKA_BOOTSTRAP_SERVERS"))
        .isEqualTo("tapeline-kafka-bootstrap:9092");
  }

  @Test
  void inProductionEveryServiceShowsKafkaItsCertificate() {
    for (var service : Sources.SERVICES) {
      var pod = deployment("overlays/production", service).getSpec().getTemplate().getSpec();
      var container = pod.getContainers().getFirst();
      var told = container.getEnv().stream().map(EnvVar::getName).toList();
      assertThat(told)
          .contains("QUARKUS_DATASOURCE_PASSWORD", "KAFKA_SECURITY_PROTOCOL")
          .contains("KAFKA_SSL_TRUSTSTORE_LOCATION", "KAFKA_SSL_KEYSTORE_LOCATION")
          .contains("KAFKA_SSL_KEYSTORE_PASSWORD");
      assertThat(container.getVolumeMounts()).hasSize(4);
      assertThat(container.getImage()).startsWith("registry.example.com/tapeline/" + service + ":");
      // the patch adds to the base, and takes nothing away
      assertThat(container.getReadinessProbe()).isNotNull();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    }
  }

  @Test
  void howManyThereAreIsSaidByOneAlone() {
    var scaled = new TreeSet<String>();
    for (var scaler : rendered("overlays/production", HorizontalPodAutoscaler.class)) {
      scaled.add(scaler.getSpec().getScaleTargetRef().getName());
      assertThat(scaler.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2);
    }
    assertThat(scaled).containsExactly("order-service", "position-service", "ui-bridge");
    for (var deployment : rendered("overlays/production", Deployment.class)) {
      var isScaled = scaled.contains(deployment.getMetadata().getName());
      assertThat(deployment.getSpec().getReplicas() == null).isEqualTo(isScaled);
    }
    for (var service : Sources.SERVICES)
      assertThat(deployment("overlays/local", service).getSpec().getReplicas()).isEqualTo(1);
  }
}
