package io.tapeline.bridge.fanout.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeline.bridge.fanout.domain.Version;
import io.tapeline.contract.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The little that is read of values that are passed on as they are: that each is one JSON object,
 * so that a poisoned one cannot spoil a frame, and its version.
 */
final class Wire {
  private static final JsonFactory JSON = Json.MAPPER.getFactory();

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

  private static @Nullable Version pair(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) return null;
    json.nextToken();
    long seq = json.getLongValue();
    json.nextToken();
    long mark = json.getLongValue();
    return json.nextToken() == JsonToken.END_ARRAY ? new Version(seq, mark) : null;
  }
}
