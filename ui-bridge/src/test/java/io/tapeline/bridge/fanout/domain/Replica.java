package io.tapeline.bridge.fanout.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bridge.BinaryReader;
import io.tapeline.contract.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a client makes of the frames it gets: the newest value by channel and key, and cursors. */
final class Replica {
  final Map<String, TreeMap<String, String>> values = new TreeMap<>();
  final Map<String, TreeSet<Long>> records = new TreeMap<>();
  final Map<String, Long> cursors = new TreeMap<>();
  final Map<String, Long> lost = new TreeMap<>();
  final List<String> controls = new ArrayList<>();
  final List<JsonNode> frames = new ArrayList<>();

  /** So many microseconds after 1970. */
  static Stamp stamp(long micros) {
    return new Stamp(micros, BinaryReader.time(micros).getBytes(UTF_8));
  }

  private BinaryReader reader = new BinaryReader();

  /** Another connection: what was said once on the last one is said anew. */
  void reconnected() {
    reader = new BinaryReader();
  }

  void receive(Frame frame) {
    try {
      var json =
          frame.isBinary()
              ? reader.read(frame.bytes(), frame.length())
              : Json.MAPPER.readTree(frame.bytes(), 0, frame.length());
      frames.add(json);
      for (var item : json.required("items")) {
        if (item.has("op")) control(item);
        else value(item);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void control(JsonNode item) {
    var op = item.required("op").asText();
    var channel = item.path("ch").asText();
    controls.add(op + " " + channel);
    if (op.equals("snapshot")) {
      values.remove(channel);
      records.remove(channel);
      cursors.remove(channel);
      if (item.has("v")) cursors.put(channel, item.required("v").asLong());
    }
    if (op.equals("resync")) cursors.remove(channel);
  }

  private void value(JsonNode item) {
    var channel = item.required("ch").asText();
    // A bar is named by its start.
    var key =
        channel.startsWith("bar:") ? item.at("/data/start").asText() : item.path("k").asText();
    var known = values.computeIfAbsent(channel, _ -> new TreeMap<>());
    if (item.required("data").isNull()) known.remove(key);
    else known.put(key, item.required("data").toString());
    if (item.required("v").isNumber()) {
      long v = item.required("v").asLong();
      if (!records.computeIfAbsent(channel, _ -> new TreeSet<>()).add(v) && lossless(channel))
        throw new AssertionError("told twice: " + item);
      cursors.merge(channel, v, Math::max);
    }
    lost.merge(channel, item.path("lost").asLong(), Long::sum);
  }

  static boolean lossless(String channel) {
    return channel.startsWith("orders:")
        || channel.startsWith("fills:")
        || channel.startsWith("trades:");
  }
}
