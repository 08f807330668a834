package io.tapeline.bridge.fanout.http;

import static io.tapeline.bridge.fanout.http.PackedRows.Kind.COUNT;
import static io.tapeline.bridge.fanout.http.PackedRows.Kind.FLAG;
import static io.tapeline.bridge.fanout.http.PackedRows.Kind.LEVELS;
import static io.tapeline.bridge.fanout.http.PackedRows.Kind.TEXT;
import static io.tapeline.bridge.fanout.http.PackedRows.Kind.TICKS;
import static io.tapeline.bridge.fanout.http.PackedRows.Kind.TIME;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapeline.bridge.fanout.domain.ChannelCode;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.RowPacker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields the rows of a channel have in binary frames, as in {@code
 * docs/protocol/asyncapi.yaml}. A row with another field, or a value that would not come out letter
 * by letter, is not packed: it travels as its JSON.
 */
public final class PackedRows implements RowPacker {
  /** How a field is written. */
  enum Kind {
    /** A price: whole ticks more than the price before it in the row. */
    TICKS,
    /** A whole number that is not below zero. */
    COUNT,
    /** Microseconds more than the time before it in the row. */
    TIME,
    TEXT,
    FLAG,
    /** Prices with their quantities, and how many orders these are. */
    LEVELS
  }

  record Field(String name, Kind kind) {}

  /** A field that is added stands last: its place is its bit. */
  static final Map<ChannelKind, List<Field>> OF =
      Map.of(
          ChannelKind.QUOTE,
          List.of(
              new Field("bidPx", TICKS),
              new Field("bidQty", COUNT),
              new Field("askPx", TICKS),
              new Field("askQty", COUNT),
              new Field("lastPx", TICKS),
              new Field("lastQty", COUNT),
              new Field("at", TIME),
              new Field("venueTime", TIME),
              new Field("refresh", FLAG)),
          ChannelKind.DEPTH,
          List.of(
              new Field("bids", LEVELS),
              new Field("asks", LEVELS),
              new Field("at", TIME),
              new Field("venueTime", TIME),
              new Field("refresh", FLAG)),
          ChannelKind.TAPE,
          List.of(
              new Field("tradeId", COUNT),
              new Field("px", TICKS),
              new Field("qty", COUNT),
              new Field("aggressor", TEXT),
              new Field("at", TIME),
              new Field("venueTime", TIME),
              new Field("venue", TEXT),
              new Field("pass", COUNT),
              new Field("passFrom", TIME)),
          ChannelKind.BAR,
          List.of(
              new Field("start", TIME),
              new Field("open", TICKS),
              new Field("high", TICKS),
              new Field("low", TICKS),
              new Field("close", TICKS),
              new Field("volume", COUNT),
              new Field("trades", COUNT),
              new Field("final", FLAG),
              new Field("source", TEXT),
              new Field("revision", COUNT)));

  /** The rows were looked at when they came, repeated names included. */
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public byte @Nullable [] pack(ChannelCode channel, byte[] row) {
    var fields = OF.get(channel.name().kind());
    var tick = channel.tick();
    if (fields == null || tick == null) return null;
    try (var json = JSON.createParser(row)) {
      return new PackedRow(channel.name(), tick).pack(json, fields);
    } catch (IOException _) {
      return null;
    }
  }
}
