package io.tapeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code kustomize build} makes of an overlay, as far as ours go: resources, strategic merge
 * patches, images, replicas, namespace, ConfigMaps of files. Anything else in a kustomization is an
 * error here, so that nothing is taken for rendered that was not.
 */
final class Overlay {
  /** By what two elements of a list are the same one, as Kubernetes' own types say it. */
  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "containers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath",
          "ports", "containerPort");

  private final List<ObjectNode> documents = new ArrayList<>();

  private Overlay() {}

  /** The documents of a directory below deploy/kubernetes, such as overlays/local. */
  static List<Manifests.Manifest> render(String directory) {
    var overlay = new Overlay();
    var kustomization = overlay.add(Manifests.KUBERNETES.resolve(directory));
    var rendered = new ArrayList<Manifests.Manifest>();
    try {
      for (var document : overlay.documents)
        rendered.add(Manifests.read(kustomization, (JsonNode) document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rendered;
  }

  private Path add(Path directory) {
    var file = directory.resolve("kustomization.yaml");
    var kustomization = Manifests.yaml(file);
    for (var field : kustomization.properties()) {
      var value = field.getValue();
      switch (field.getKey()) {
        case "apiVersion", "kind", "resources", "patches", "images", "replicas", "namespace" -> {}
        case "configMapGenerator" -> value.forEach(map -> generate(directory, map));
        default -> throw new AssertionError(file + ": " + field.getKey() + ": " + value);
      }
    }
    for (var resource : kustomization.path("resources")) {
      var path = directory.resolve(resource.asText()).normalize();
      if (Files.isDirectory(path)) add(path);
      else read(path).forEach(documents::add);
    }
    for (var patch : kustomization.path("patches"))
      read(directory.resolve(patch.path("path").asText())).forEach(this::patch);
    for (var replicas : kustomization.path("replicas"))
      spec("Deployment", replicas.path("name").asText())
          .put("replicas", replicas.path("count").asInt());
    for (var image : kustomization.path("images")) replace(image);
    var namespace = kustomization.path("namespace").asText();
    for (var document : documents) document.withObject("/metadata").put("namespace", namespace);
    return file;
  }

  private static List<ObjectNode> read(Path file) {
    try {
      var read = new ArrayList<ObjectNode>();
      for (var document : Manifests.documents(Files.readString(file)))
        read.add((ObjectNode) document);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A ConfigMap of files, each under its own name; without a suffix, since none is asked for. */
  private void generate(Path directory, JsonNode map) {
    assertThat(map.properties().stream().map(Map.Entry::getKey))
        .containsExactly("name", "files", "options");
    assertThat(map.at("/options/disableNameSuffixHash").asBoolean()).isTrue();
    var made =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    made.withObject("/metadata").put("name", map.path("name").asText());
    made.withObject("/metadata").set("labels", map.at("/options/labels"));
    for (var file : map.path("files")) {
      var path = directory.resolve(file.asText());
      made.withObject("/data").put(path.getFileName().toString(), Sources.text(path));
    }
    documents.add(made);
  }

  private ObjectNode spec(String kind, String name) {
    return target(kind, name).withObject("/spec");
  }

  private ObjectNode target(String kind, String name) {
    return documents.stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .filter(document -> document.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing to patch: no " + kind + " " + name));
  }

  private void patch(ObjectNode patch) {
    merge(target(patch.path("kind").asText(), patch.at("/metadata/name").asText()), patch);
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    for (var field : patch.properties()) {
      var name = field.getKey();
      var there = into.get(name);
      var value = field.getValue();
      if (value.isNull()) into.remove(name);
      else if (there instanceof ObjectNode object && value instanceof ObjectNode changes)
        merge(object, changes);
      else if (there instanceof ArrayNode list && value instanceof ArrayNode changes)
        merge(name, list, changes);
      else into.set(name, value);
    }
  }

  private static void merge(String name, ArrayNode into, ArrayNode patch) {
    var key = MERGE_KEYS.get(name);
    if (key == null) throw new AssertionError("nobody knows how lists of " + name + " are merged");
    for (var element : patch) {
      ObjectNode same = null;
      for (var there : into)
        if (there.path(key).equals(element.path(key))) same = (ObjectNode) there;
      if (same == null) into.add(element);
      else merge(same, (ObjectNode) element);
    }
  }

  private void replace(JsonNode image) {
    var found = 0;
    for (var document : documents) {
      for (var container : document.at("/spec/template/spec/containers")) {
        var whole = container.path("image").asText();
        if (!whole.substring(0, whole.lastIndexOf(':')).equals(image.path("name").asText()))
          continue;
        found++;
        ((ObjectNode) container)
            .put("image", image.path("newName").asText() + ":" + image.path("newTag").asText());
      }
    }
    if (found == 0) throw new AssertionError("nobody runs " + image);
  }
}
