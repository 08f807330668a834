package io.tapeline.market.dbn;

import io.tapeline.market.replay.domain.RecordingKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schemas that can be played, and the names of those that cannot. */
enum Schema {
  MBO(0, 160, 56, RecordingKind.MBO),
  MBP_1(1, 1, 80, RecordingKind.MBP_1),
  TRADES(4, 0, 48, RecordingKind.TRADES);

  /** In the place of a schema: the file has several. */
  static final int MIXED = 0xffff;

  private static final List<String> NAMES =
      List.of(
          "mbo",
          "mbp-1",
          "mbp-10",
          "tbbo",
          "trades",
          "ohlcv-1s",
          "ohlcv-1m",
          "ohlcv-1h",
          "ohlcv-1d",
          "definition",
          "statistics",
          "status",
          "imbalance");

  private static final Map<Integer, String> KINDS =
      Map.ofEntries(
          Map.entry(0, "trades"),
          Map.entry(1, "mbp-1"),
          Map.entry(10, "mbp-10"),
          Map.entry(17, "ohlcv"),
          Map.entry(18, "status"),
          Map.entry(19, "definition"),
          Map.entry(20, "imbalance"),
          Map.entry(21, "error"),
          Map.entry(22, "symbol-mapping"),
          Map.entry(23, "system"),
          Map.entry(24, "statistics"),
          Map.entry(32, "ohlcv-1s"),
          Map.entry(33, "ohlcv-1m"),
          Map.entry(34, "ohlcv-1h"),
          Map.entry(35, "ohlcv-1d"),
          Map.entry(160, "mbo"));

  private final int code;
  private final int rtype;
  private final int recordBytes;
  private final RecordingKind kind;

  Schema(int code, int rtype, int recordBytes, RecordingKind kind) {
    this.code = code;
    this.rtype = rtype;
    this.recordBytes = recordBytes;
    this.kind = kind;
  }

  int code() {
    return code;
  }

  /** The record type a file of this schema consists of. */
  int rtype() {
    return rtype;
  }

  /** A record's length, without what newer writers may add at its end. */
  int recordBytes() {
    return recordBytes;
  }

  RecordingKind kind() {
    return kind;
  }

  static String nameOf(int code) {
    if (code == MIXED) return "mixed";
    return code < NAMES.size() ? NAMES.get(code) : "number " + code;
  }

  static String kindOf(int rtype) {
    return KINDS.getOrDefault(rtype, "rtype " + rtype);
  }

  static String playable() {
    return Stream.of(values())
        .map(schema -> schema.kind.schema())
        .collect(Collectors.joining(", "));
  }
}
