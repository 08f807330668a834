package io.tapeline.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of deploy/kubernetes and deploy/grafana as objects, read so that a word nobody knows is
 * an error.
 */
final class Manifests {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
  static final Path GRAFANA = ROOT.resolve("deploy/grafana");

  /** apiVersion and kind, and what it is read as. */
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
          Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
          Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class),
          // These two have no published model; DeployTest looks at what matters in them.
          Map.entry("postgresql.cnpg.io/v1 Cluster", JsonNode.class),
          Map.entry("kustomize.config.k8s.io/v1beta1 Kustomization", JsonNode.class));

  /** The models collect what they do not know; here that is an error, and so is a key twice. */
  private static final YAMLMapper STRICT =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                  return false;
                }
              })
          .build();

  private Manifests() {}

  /**
   * One document.
   *
   * @param read as the class of its kind
   */
  record Manifest(Path file, String kind, String name, Object read) {
    @Override
    public String toString() {
      return file.getFileName() + ": " + kind + " " + name;
    }
  }

  static List<Manifest> all() {
    try (var kubernetes = Files.walk(KUBERNETES);
        var grafana = Files.walk(GRAFANA)) {
      var manifests = new ArrayList<Manifest>();
      for (var file : Stream.concat(kubernetes, grafana).sorted().toList()) {
        if (file.toString().endsWith(".yaml")) manifests.addAll(read(file, Files.readString(file)));
      }
      return List.copyOf(manifests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Manifest> read(Path file, String yaml) throws IOException {
    var manifests = new ArrayList<Manifest>();
    for (var document : documents(yaml)) manifests.add(read(file, document));
    return manifests;
  }

  static List<JsonNode> documents(String yaml) throws IOException {
    try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll();
    }
  }

  static Manifest read(Path file, JsonNode document) throws IOException {
    var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    var type = KINDS.get(kind);
    if (type == null) throw new IOException(file + ": nobody knows a " + kind);
    var name = document.at("/metadata/name").asText("");
    try {
      var read = type == JsonNode.class ? document : STRICT.treeToValue(document, type);
      return new Manifest(file, document.path("kind").asText(), name, read);
    } catch (IOException e) {
      throw new IOException(file + ", " + kind + " " + name + ": " + e.getMessage(), e);
    }
  }

  /** Those of a kind in a directory below deploy/kubernetes, such as base. */
  static <T> List<T> in(String directory, Class<T> type) {
    return all().stream()
        .filter(manifest -> manifest.file().startsWith(KUBERNETES.resolve(directory)))
        .map(Manifest::read)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static JsonNode yaml(Path file) {
    try {
      return STRICT.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
