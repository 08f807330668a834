package io.tapeline.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The protocol's document, and what in the page is made from it. */
public final class Protocol {
  private static final String DOCUMENT = "docs/protocol/asyncapi.yaml";

  private Protocol() {}

  /** One of the examples of a message. */
  public record Example(String message, String name, JsonNode payload) {
    @Override
    public String toString() {
      return message + " " + name;
    }
  }

  /** A file by its place in the project. */
  public static Path file(String path) {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
      if (Files.exists(at.resolve(DOCUMENT))) return at.resolve(path);
    throw new AssertionError(DOCUMENT + " is not there");
  }

  public static JsonNode document() {
    try {
      return new YAMLMapper().readTree(file(DOCUMENT).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Stream<Example> examples() {
    return document().at("/components/messages").properties().stream()
        .flatMap(
            message ->
                StreamSupport.stream(message.getValue().required("examples").spliterator(), false)
                    .map(
                        example ->
                            new Example(
                                message.getKey(),
                                example.required("name").asText(),
                                example.required("payload"))));
  }
}
