package io.tapeline.bridge.fanout.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapeline.bridge.fanout.domain.Bytes;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.Tick;
import io.tapeline.contract.WireTime;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way from JSON to fields. First comes a number that says which fields there are
 * (bit 0: the prices have no zeros at their end; from bit 1 on: the fields), then these in their
 * order, in which they must stand in the JSON too.
 */
final class PackedRow {
  /** Beyond it a browser's numbers are not exact. */
  private static final long MOST = (1L << 53) - 1;

  /** Twice the microseconds until then are still exact. */
  private static final Instant END_OF_TIME = Instant.parse("2112-01-01T00:00:00Z");

  private static final int MOST_DIGITS = 15;
  private static final int MOST_LEVELS = 64;
  private static final long[] TENS = new long[MOST_DIGITS + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) TENS[i] = 10 * TENS[i - 1];
  }

  /** How many orders stand at the prices of a side: nothing is said, nobody knows, or a number. */
  private static final int LEFT_OUT = 0;

  private static final int UNKNOWN = 1;
  private static final int GIVEN = 2;
  private static final int UNFIT = -1;

  private final ChannelName channel;
  private final Tick tick;
  private final Bytes out = new Bytes(256);
  private long lastTicks;
  private long lastMicros;
  private boolean allDecimals = true;
  private boolean noZeros = true;

  PackedRow(ChannelName channel, Tick tick) {
    this.channel = channel;
    this.tick = tick;
  }

  byte @Nullable [] pack(JsonParser json, List<PackedRows.Field> fields) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) return null;
    int toldByTheChannel = 0;
    int present = 0;
    int next = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      var told = ofChannel(name);
      if (told != null) {
        if (!told.equals(text(json))) return null;
        toldByTheChannel++;
        continue;
      }
      while (next < fields.size() && !fields.get(next).name().equals(name)) next++;
      if (next == fields.size() || !put(fields.get(next).kind(), json)) return null;
      present |= 2 << next++;
    }
    boolean complete = toldByTheChannel == (channel.kind() == ChannelKind.BAR ? 2 : 1);
    if (!complete || !(allDecimals || noZeros)) return null;
    var row = new Bytes(out.length() + 4);
    row.count(allDecimals ? present : present | 1);
    row.put(out.copy());
    return row.copy();
  }

  /** What need not be said again in each row. */
  private @Nullable String ofChannel(String field) {
    if (field.equals("symbol")) return channel.symbol();
    if (field.equals("interval") && channel.kind() == ChannelKind.BAR)
      return channel.interval().toString();
    return null;
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  private boolean put(PackedRows.Kind kind, JsonParser json) throws IOException {
    return switch (kind) {
      case TICKS -> price(text(json), out);
      case COUNT -> count(json, out);
      case TIME -> time(text(json));
      case TEXT -> {
        var text = text(json);
        if (text != null) out.text(text.getBytes(UTF_8));
        yield text != null;
      }
      case FLAG -> {
        out.put(json.currentToken() == JsonToken.VALUE_TRUE ? 1 : 0);
        yield json.currentToken().isBoolean();
      }
      case LEVELS -> levels(json);
    };
  }

  private static boolean count(JsonParser json, Bytes to) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) return false;
    long value = json.getLongValue();
    if (value < 0 || value > MOST) return false;
    to.count(value);
    return true;
  }

  private boolean levels(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) return false;
    var side = new Bytes(128);
    int count = 0;
    int orders = LEFT_OUT;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (++count > MOST_LEVELS || !json.isExpectedStartArrayToken()) return false;
      json.nextToken();
      if (!price(text(json), side)) return false;
      json.nextToken();
      if (!count(json, side)) return false;
      int its = orders(json, side);
      if (its == UNFIT || (count > 1 && its != orders)) return false;
      orders = its;
    }
    out.count(3L * count + orders);
    out.put(side.copy());
    return true;
  }

  private static int orders(JsonParser json, Bytes side) throws IOException {
    var token = json.nextToken();
    if (token == JsonToken.END_ARRAY) return LEFT_OUT;
    boolean unknown = token == JsonToken.VALUE_NULL;
    if (!unknown && !count(json, side)) return UNFIT;
    if (json.nextToken() != JsonToken.END_ARRAY) return UNFIT;
    return unknown ? UNKNOWN : GIVEN;
  }

  /** Only as {@link java.math.BigDecimal#toPlainString()} writes it, and on a tick. */
  private boolean price(@Nullable String text, Bytes to) {
    if (text == null) return false;
    boolean below = text.startsWith("-");
    int first = below ? 1 : 0;
    int dot = text.indexOf('.');
    int end = text.length();
    int scale = dot < 0 ? 0 : end - dot - 1;
    if (scale > tick.scale() || end - first + tick.scale() - scale > MOST_DIGITS) return false;
    if (first == end || dot == first || dot == end - 1) return false;
    if (text.charAt(first) == '0' && end - first > 1 && dot != first + 1) return false;
    long digits = 0;
    for (int i = first; i < end; i++) {
      if (i == dot) continue;
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) return false;
      digits = 10 * digits + digit;
    }
    if (below && digits == 0) return false;
    allDecimals &= scale == tick.scale();
    noZeros &= scale == 0 || text.charAt(end - 1) != '0';
    long unscaled = digits * TENS[tick.scale() - scale];
    if (unscaled % tick.unscaled() != 0) return false;
    long ticks = (below ? -unscaled : unscaled) / tick.unscaled();
    to.signed(ticks - lastTicks);
    lastTicks = ticks;
    return true;
  }

  private boolean time(@Nullable String text) {
    var time = text == null ? null : WireTime.read(text);
    if (time == null || time.isBefore(Instant.EPOCH) || !time.isBefore(END_OF_TIME)) return false;
    long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    out.signed(micros - lastMicros);
    lastMicros = micros;
    return true;
  }
}
