package io.tapeline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The page's types of the protocol, and its examples, are made from the document and checked in;
 * with {@code -Dgolden.write=true} this writes them anew.
 */
class ProtocolTypesTest {
  private static final String PAGE = "ui-bridge/src/main/webui/src/shared/link/";

  private final JsonNode document = Protocol.document();

  @Test
  void thePagesTypesAreThoseOfTheDocument() throws IOException {
    var text =
        new StringBuilder(
            "// Made from docs/protocol/asyncapi.yaml by ProtocolTypesTest. Do not edit.\n");
    for (var schema : document.at("/components/schemas").properties())
      text.append("\nexport type ")
          .append(name(schema.getKey()))
          .append(" = ")
          .append(type(schema.getValue(), ""))
          .append('\n');
    text.append("\nexport type ClientMessage = ").append(said()).append('\n');
    text.append("export type Item = Value | Control\n");
    text.append("\n/** The fields of packed rows of a channel, in their order. */\n");
    text.append("export const packedRows = ").append(rows()).append(" as const\n");
    isCheckedIn(PAGE + "protocol.ts", text.toString());
  }

  @Test
  void thePagesExamplesAreThoseOfTheDocument() throws IOException {
    var examples = new ObjectMapper().createObjectNode();
    for (var message : document.at("/components/messages").properties()) {
      var ofMessage = examples.putObject(message.getKey());
      for (var example : message.getValue().required("examples"))
        ofMessage.set(example.required("name").asText(), example.required("payload"));
    }
    var text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(examples);
    isCheckedIn(PAGE + "protocol.examples.json", text.replace("\r\n", "\n") + "\n");
  }

  private void isCheckedIn(String file, String text) throws IOException {
    if (Boolean.getBoolean("golden.write")) Files.writeString(Protocol.file(file), text);
    assertThat(Protocol.file(file)).hasContent(text);
  }

  /** Of {@code tapeline.v1.bin}. */
  private String rows() {
    var lines = new ArrayList<String>(List.of("{"));
    for (var kind : document.at("/components/x-binary-rows").properties()) {
      lines.add("  " + kind.getKey() + ": [");
      for (var field : kind.getValue().properties())
        lines.add("    ['%s', '%s'],".formatted(field.getKey(), field.getValue().asText()));
      lines.add("  ],");
    }
    return String.join("\n", lines) + "\n}";
  }

  private String said() {
    return String.join(
        " | ",
        StreamSupport.stream(document.at("/operations/say/messages").spliterator(), false)
            .map(message -> name(last(message.required("$ref").asText())))
            .toList());
  }

  private static String name(String schema) {
    return schema.substring(0, 1).toUpperCase(Locale.ROOT) + schema.substring(1);
  }

  private static String last(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static String type(JsonNode schema, String indent) {
    if (schema.has("$ref")) return name(last(schema.required("$ref").asText()));
    if (schema.has("const")) return literal(schema.required("const"));
    if (schema.has("enum")) return joined(schema.required("enum"), ProtocolTypesTest::literal);
    if (schema.has("oneOf")) return joined(schema.required("oneOf"), each -> type(each, indent));
    if (schema.path("type").isArray())
      return joined(schema.required("type"), each -> ofType(each.asText(), schema, indent));
    return ofType(schema.required("type").asText(), schema, indent);
  }

  private static String joined(JsonNode each, java.util.function.Function<JsonNode, String> as) {
    return String.join(" | ", StreamSupport.stream(each.spliterator(), false).map(as).toList());
  }

  private static String literal(JsonNode value) {
    return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
  }

  private static String ofType(String type, JsonNode schema, String indent) {
    return switch (type) {
      case "integer", "number" -> "number";
      case "array" -> array(schema, indent);
      case "object" -> object(schema, indent);
      default -> type;
    };
  }

  private static String array(JsonNode schema, String indent) {
    var item = type(schema.required("items"), indent);
    int least = schema.path("minItems").asInt();
    if (least > 0 && least == schema.path("maxItems").asInt())
      return "readonly [" + String.join(", ", java.util.Collections.nCopies(least, item)) + "]";
    return "readonly " + (item.contains(" ") ? "(" + item + ")" : item) + "[]";
  }

  private static String object(JsonNode schema, String indent) {
    if (!schema.has("properties")) {
      var values = schema.path("additionalProperties");
      return "Readonly<Record<string, "
          + (values.isObject() ? type(values, indent) : "unknown")
          + ">>";
    }
    var required = new ArrayList<String>();
    for (var name : schema.path("required")) required.add(name.asText());
    var lines = new ArrayList<String>(List.of("{"));
    for (var property : schema.required("properties").properties()) {
      var about = property.getValue().path("description");
      if (!about.isMissingNode()) lines.add(indent + "  /** " + about.asText() + " */");
      lines.add(
          indent
              + "  "
              + property.getKey()
              + (required.contains(property.getKey()) ? ": " : "?: ")
              + type(property.getValue(), indent + "  "));
    }
    lines.add(indent + "}");
    return String.join("\n", lines);
  }
}
