package io.tapeline.market.dbn;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small DBN files of our own, in any version, for tests. */
public final class DbnWriter {
  public static final int MBO = 0;
  public static final int MBP_1 = 1;
  public static final int TRADES = 4;
  private static final long NO_PRICE = Long.MAX_VALUE;

  private record Mapping(String symbol, int instrumentId, int from, int until) {}

  private final int version;
  private final int schema;
  private final List<Mapping> mappings = new ArrayList<>();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private boolean numbersFirst;

  public DbnWriter(int version, int schema) {
    this.version = version;
    this.schema = schema;
  }

  public DbnWriter symbol(String symbol, int instrumentId) {
    return symbol(symbol, instrumentId, 20231225, 20231226);
  }

  public DbnWriter symbol(String symbol, int instrumentId, int from, int until) {
    mappings.add(new Mapping(symbol, instrumentId, from, until));
    return this;
  }

  /** Maps numbers to codes, as a file asked for by instrument id does. */
  public DbnWriter askedByNumber() {
    numbersFirst = true;
    return this;
  }

  public DbnWriter mbo(
      int instrumentId,
      long ts,
      char action,
      char side,
      long orderId,
      long price,
      int size,
      int flags) {
    var out = record(56, 160, instrumentId, ts);
    out.putLong(orderId).putLong(price).putInt(size).put((byte) flags).put((byte) 0);
    out.put((byte) action).put((byte) side).putLong(ts).putInt(0).putInt(0);
    return write(out);
  }

  public DbnWriter trade(int instrumentId, long ts, char side, long price, int size) {
    return write(top(48, 0, instrumentId, ts, 'T', side, price, size, 0));
  }

  public DbnWriter mbp1(
      int instrumentId,
      long ts,
      char action,
      char side,
      long price,
      int size,
      int flags,
      long bidPx,
      long askPx,
      int bidSz,
      int askSz) {
    var out = top(80, 1, instrumentId, ts, action, side, price, size, flags);
    out.putLong(bidPx).putLong(askPx).putInt(bidSz).putInt(askSz).putInt(1).putInt(2);
    return write(out);
  }

  /** A record of any other type. */
  public DbnWriter other(int rtype, int bytes, int instrumentId, long ts) {
    var out = record(bytes, rtype, instrumentId, ts);
    out.position(bytes);
    return write(out);
  }

  public DbnWriter raw(byte... bytes) {
    records.writeBytes(bytes);
    return this;
  }

  private static ByteBuffer top(
      int bytes,
      int rtype,
      int instrumentId,
      long ts,
      char action,
      char side,
      long price,
      int size,
      int flags) {
    var out = record(bytes, rtype, instrumentId, ts);
    out.putLong(price).putInt(size).put((byte) action).put((byte) side).put((byte) flags);
    return out.put((byte) 0).putLong(ts).putInt(0).putInt(0);
  }

  private static ByteBuffer record(int bytes, int rtype, int instrumentId, long ts) {
    var out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) (bytes / 4)).put((byte) rtype).putShort((short) 1).putInt(instrumentId);
    return out.putLong(ts);
  }

  private DbnWriter write(ByteBuffer record) {
    records.writeBytes(bytes(record));
    return this;
  }

  public byte[] bytes() {
    int symbolBytes = version == 1 ? 22 : 71;
    var meta = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);
    text(meta, "TEST.SET", 16);
    meta.putShort((short) schema).putLong(1_703_462_400_000_000_000L).putLong(-1).putLong(0);
    if (version == 1) meta.putLong(-1);
    meta.put((byte) (numbersFirst ? 0 : 1)).put((byte) (numbersFirst ? 1 : 0)).put((byte) 0);
    if (version > 1) meta.putShort((short) symbolBytes);
    meta.position(meta.position() + (version == 1 ? 47 : 53));
    meta.putInt(0).putInt(mappings.size());
    for (var mapping : mappings) text(meta, mapping.symbol(), symbolBytes);
    meta.putInt(0).putInt(0).putInt(mappings.size());
    for (var mapping : mappings) {
      var number = Integer.toString(mapping.instrumentId());
      text(meta, numbersFirst ? number : mapping.symbol(), symbolBytes);
      meta.putInt(1).putInt(mapping.from()).putInt(mapping.until());
      text(meta, numbersFirst ? mapping.symbol() : number, symbolBytes);
    }
    var file = new ByteArrayOutputStream();
    var prelude = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    prelude
        .put("DBN".getBytes(StandardCharsets.US_ASCII))
        .put((byte) version)
        .putInt(meta.position());
    file.writeBytes(bytes(prelude));
    file.writeBytes(bytes(meta));
    file.writeBytes(records.toByteArray());
    return file.toByteArray();
  }

  public byte[] zstd() {
    try (var zstd = new ZstdCompressCtx().setChecksum(true)) {
      return zstd.compress(bytes());
    }
  }

  public Path to(Path file) throws IOException {
    return Files.write(file, file.toString().endsWith(".zst") ? zstd() : bytes());
  }

  private static byte[] bytes(ByteBuffer written) {
    var bytes = new byte[written.position()];
    written.get(0, bytes);
    return bytes;
  }

  private static void text(ByteBuffer out, String text, int bytes) {
    var raw = text.getBytes(StandardCharsets.UTF_8);
    out.put(raw);
    out.position(out.position() + bytes - raw.length);
  }

  /** A price as the format has it. */
  public static long price(String decimal) {
    return new java.math.BigDecimal(decimal).movePointRight(9).longValueExact();
  }

  public static long noPrice() {
    return NO_PRICE;
  }
}
