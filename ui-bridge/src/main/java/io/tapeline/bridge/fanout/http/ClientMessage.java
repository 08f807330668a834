package io.tapeline.bridge.fanout.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import io.tapeline.service.Hop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says. */
sealed interface ClientMessage {
  /**
   * @param resume null: start from snapshots
   * @param window milliseconds in which market data is merged
   */
  record Subscribe(
      @Nullable Long id, List<String> channels, @Nullable Resume resume, @Nullable Long window)
      implements ClientMessage {}

  /**
   * @param cursors by channel: the highest account seq (or number) that was seen
   */
  record Resume(String epoch, Map<String, Long> cursors) {}

  record Unsubscribe(@Nullable Long id, List<String> channels) implements ClientMessage {}

  record Ping(@Nullable Long id) implements ClientMessage {}

  record Hidden(boolean value) implements ClientMessage {}

  /**
   * What took the page how long since it last said so.
   *
   * @param millis by hop
   */
  record Timed(Map<Hop, List<Double>> millis) implements ClientMessage {}

  /** What cannot be understood is refused, and the connection with it. */
  final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedMessageException(String what) {
      super(what);
    }
  }

  static ClientMessage parse(String text) throws MalformedMessageException {
    var json = read(text);
    var id = number(json, "id");
    return switch (json.path("op").asText()) {
      case "subscribe" ->
          new Subscribe(id, channels(json), resume(json.path("resume")), number(json, "window"));
      case "unsubscribe" -> new Unsubscribe(id, channels(json));
      case "ping" -> new Ping(id);
      case "hidden" -> {
        if (!json.path("value").isBoolean()) throw new MalformedMessageException("value");
        yield new Hidden(json.path("value").booleanValue());
      }
      case "timed" -> new Timed(millis(json.path("hops")));
      default -> throw new MalformedMessageException("op");
    };
  }

  /** What a page says of hops that are not its own, or that we do not know, is left out. */
  private static Map<Hop, List<Double>> millis(JsonNode json) throws MalformedMessageException {
    if (!json.isObject()) throw new MalformedMessageException("hops");
    var millis = new EnumMap<Hop, List<Double>>(Hop.class);
    for (var said : json.properties()) {
      var times = new ArrayList<Double>();
      for (var time : said.getValue()) {
        if (!time.isNumber() || time.doubleValue() < 0) throw new MalformedMessageException("hops");
        times.add(time.doubleValue());
      }
      Hop.ofBrowser(said.getKey()).ifPresent(hop -> millis.put(hop, times));
    }
    return millis;
  }

  private static JsonNode read(String text) throws MalformedMessageException {
    try {
      var json = Json.MAPPER.readTree(text);
      if (!json.isObject()) throw new MalformedMessageException("not an object");
      return json;
    } catch (IOException _) {
      throw new MalformedMessageException("not JSON");
    }
  }

  private static @Nullable Long number(JsonNode json, String name)
      throws MalformedMessageException {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isIntegralNumber() || !value.canConvertToLong())
      throw new MalformedMessageException(name);
    return value.longValue();
  }

  private static List<String> channels(JsonNode json) throws MalformedMessageException {
    var channels = new ArrayList<String>();
    if (!json.path("channels").isArray()) throw new MalformedMessageException("channels");
    for (var channel : json.path("channels")) {
      if (!channel.isTextual()) throw new MalformedMessageException("channels");
      channels.add(channel.textValue());
    }
    return channels;
  }

  private static @Nullable Resume resume(JsonNode json) throws MalformedMessageException {
    if (json.isMissingNode() || json.isNull()) return null;
    if (!json.isObject()) throw new MalformedMessageException("resume");
    var cursors = new HashMap<String, Long>();
    for (var cursor : json.path("cursors").properties()) {
      if (!cursor.getValue().isIntegralNumber()) throw new MalformedMessageException("cursors");
      cursors.put(cursor.getKey(), cursor.getValue().longValue());
    }
    return new Resume(json.path("epoch").asText(), cursors);
  }
}
