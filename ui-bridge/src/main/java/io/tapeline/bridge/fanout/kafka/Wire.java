package io.tapeline.bridge.fanout.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tapeline.bridge.fanout.domain.Version;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The little that is read of values that are passed on as they are: that each is one JSON object,
 * so that a poisoned one cannot spoil a frame, and its version.
 */
final class Wire {
  /** Without the search for repeated names, which costs more than all the rest. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(64)
                  .maxStringLength(1 << 20)
                  .build())
          .build();

  /**
   * What is read of every line of a journal.
   *
   * @param type of the event; null where it has none
   * @param order the row after it, as it is written; null where no order is concerned
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Journaled(
      long seq, @Nullable String type, @Nullable String clOrdId, byte @Nullable [] order) {}

  private Wire() {}

  static boolean isObject(byte[] value) {
    try (var json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) return false;
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException _) {
      return false;
    }
  }

  /** The {@code version} of a position or account row; null when it has none, or is no JSON. */
  static @Nullable Version version(byte[] value) {
    try (var json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) return null;
      Version version = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean named = json.currentName().equals("version");
        json.nextToken();
        if (named) version = pair(json);
        else json.skipChildren();
      }
      return json.nextToken() == null ? version : null;
    } catch (IOException _) {
      return null;
    }
  }

  /**
   * Reads a line of a journal no further than must be.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Journaled journaled(byte[] value) {
    try (var json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) throw new IOException("not an object");
      long seq = -1;
      String type = null;
      String clOrdId = null;
      byte[] order = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        var token = json.nextToken();
        if (name.equals("seq")) seq = json.getLongValue();
        else if (name.equals("event") && token == JsonToken.START_OBJECT)
          type = member(json, "type");
        else if (name.equals("order") && token == JsonToken.START_OBJECT) {
          int from = (int) json.currentTokenLocation().getByteOffset();
          clOrdId = member(json, "clOrdId");
          order = Arrays.copyOfRange(value, from, (int) json.currentLocation().getByteOffset());
        } else json.skipChildren();
      }
      if (json.nextToken() != null || seq < 0 || (order != null && clOrdId == null))
        throw new IOException("no line of a journal");
      return new Journaled(seq, type, clOrdId, order);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A text in the object that begins here; leaves the parser at its end. */
  private static @Nullable String member(JsonParser json, String name) throws IOException {
    String text = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = json.currentName().equals(name);
      json.nextToken();
      if (named) text = json.getValueAsString();
      else json.skipChildren();
    }
    return text;
  }

  /** A text at the top of an object; null when it has none, or is no JSON. */
  static @Nullable String text(byte[] value, String name) {
    try (var json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) return null;
      var text = member(json, name);
      return json.nextToken() == null ? text : null;
    } catch (IOException _) {
      return null;
    }
  }

  private static @Nullable Version pair(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) return null;
    json.nextToken();
    long seq = json.getLongValue();
    json.nextToken();
    long mark = json.getLongValue();
    return json.nextToken() == JsonToken.END_ARRAY ? new Version(seq, mark) : null;
  }
}
