package io.tapeline.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapeline.contract.Json;
import io.tapeline.contract.WireTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the frames of one connection of {@code tapeline.v1.bin} as the JSON frames they stand for.
 */
public final class BinaryReader {
  private static final JsonNode ROWS = Protocol.document().at("/components/x-binary-rows");

  private record Channel(String name, BigDecimal tick) {}

  private final Map<Long, Channel> channels = new HashMap<>();
  private String epoch = "";
  private byte[] bytes = {};
  private int at;
  private int end;
  private long micros;
  private BigDecimal lastPx = BigDecimal.ZERO;

  /** How many bytes all items together had that were packed, and how many these were. */
  public long packedBytes;

  public long packedItems;

  public JsonNode read(byte[] frame, int length) throws IOException {
    bytes = frame;
    at = 0;
    end = length;
    var json = Json.MAPPER.createObjectNode();
    int flags = octet();
    json.put("t", time(count()));
    if ((flags & 2) != 0) epoch = text();
    json.put("epoch", epoch);
    if ((flags & 1) != 0) json.put("con", true);
    var items = json.putArray("items");
    while (at < end) item(items);
    return Json.MAPPER.readTree(json.toString());
  }

  private void item(ArrayNode items) throws IOException {
    int from = at;
    int tag = octet();
    switch (tag) {
      case 0 -> items.add(Json.MAPPER.readTree(text()));
      case 1 -> channels.put(count(), new Channel(text(), tick()));
      default -> {
        if (tag < 0x80) throw new IOException("no such item: " + tag);
        items.add(value(tag));
        if ((tag & 1) != 0) {
          packedItems++;
          packedBytes += at - from;
        }
      }
    }
  }

  private BigDecimal tick() {
    long unscaled = count();
    return BigDecimal.valueOf(unscaled, (int) count());
  }

  private JsonNode value(int tag) throws IOException {
    var channel = channels.get(count());
    var json = Json.MAPPER.createObjectNode().put("ch", channel.name());
    long merged = count();
    long age = count();
    long lost = (tag & 0x20) != 0 ? count() : 0;
    if ((tag & 0x04) != 0) json.put("k", text());
    long version = signed();
    if ((tag & 0x08) != 0) json.putArray("v").add(version).add(signed());
    else json.put("v", version);
    json.put("n", merged).put("age", age);
    if ((tag & 0x10) != 0) json.put("snap", true);
    if (lost > 0) json.put("lost", lost);
    if ((tag & 0x01) != 0) json.set("data", row(channel));
    else if ((tag & 0x02) != 0) json.putNull("data");
    else json.set("data", Json.MAPPER.readTree(text()));
    return json;
  }

  private JsonNode row(Channel channel) {
    var row = Json.MAPPER.createObjectNode();
    var name = channel.name().split(":");
    row.put("symbol", name[1]);
    if (name[0].equals("bar")) row.put("interval", name[2]);
    long present = count();
    boolean noZeros = (present & 1) != 0;
    lastPx = BigDecimal.ZERO;
    micros = 0;
    int bit = 1;
    for (var field : ROWS.required(name[0]).properties())
      if ((present >> bit++ & 1) != 0)
        put(row, field.getKey(), field.getValue().asText(), channel.tick(), noZeros);
    return row;
  }

  private void put(ObjectNode row, String field, String kind, BigDecimal tick, boolean noZeros) {
    switch (kind) {
      case "ticks" -> row.put(field, price(tick, noZeros));
      case "count" -> row.put(field, count());
      case "time" -> {
        micros += signed();
        row.put(field, time(micros));
      }
      case "text" -> row.put(field, text());
      case "flag" -> row.put(field, octet() == 1);
      case "levels" -> levels(row.putArray(field), tick, noZeros);
      default -> throw new AssertionError(kind);
    }
  }

  private void levels(ArrayNode side, BigDecimal tick, boolean noZeros) {
    long head = count();
    for (int i = 0; i < head / 3; i++) {
      var level = side.addArray().add(price(tick, noZeros)).add(count());
      if (head % 3 == 1) level.addNull();
      if (head % 3 == 2) level.add(count());
    }
  }

  private String price(BigDecimal tick, boolean noZeros) {
    lastPx = lastPx.add(tick.multiply(BigDecimal.valueOf(signed())));
    if (!noZeros) return lastPx.toPlainString();
    return lastPx.signum() == 0 ? "0" : lastPx.stripTrailingZeros().toPlainString();
  }

  public static String time(long micros) {
    long second = Math.floorDiv(micros, 1_000_000);
    return WireTime.text(Instant.ofEpochSecond(second, 1_000 * (micros - 1_000_000 * second)));
  }

  private int octet() {
    if (at >= end) throw new IllegalStateException("the frame is cut off");
    return bytes[at++] & 0xff;
  }

  private long count() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7fL) << shift;
      if (octet < 0x80) return value;
    }
    throw new IllegalStateException("a number without an end");
  }

  private long signed() {
    long twice = count();
    return twice % 2 == 0 ? twice / 2 : -(twice + 1) / 2;
  }

  private String text() {
    int length = (int) count();
    if (length > end - at) throw new IllegalStateException("the frame is cut off");
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }
}
