package io.tapeline.market.dbn;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the records: the metadata of a DBN file.
 *
 * <p>Version 1 has a record count and symbols of 22 bytes; versions 2 and 3 say how long symbols
 * are and have no count. From the reserved bytes on all three are alike.
 *
 * @param version 1, 2 or 3
 * @param schema Databento's number of the schema
 * @param start nanoseconds since 1970, inclusive
 * @param end nanoseconds since 1970, exclusive; -1 where the file does not say
 * @param hasSendTimes whether each record has eight more bytes at its end (live captures)
 */
record DbnHeader(
    int version,
    String dataset,
    int schema,
    long start,
    long end,
    boolean hasSendTimes,
    List<String> symbols,
    List<Mapping> mappings) {

  /** Metadata longer than this is taken for damage: it has room for 100,000 symbols. */
  static final int MAX_BYTES = 16 << 20;

  private static final int VERSION_1_SYMBOL_BYTES = 22;
  private static final int VERSION_1_RESERVED_BYTES = 47;
  private static final int RESERVED_BYTES = 53;

  /** What a symbol of the request was called, in the other symbology, from one day to another. */
  record Mapping(String rawSymbol, int fromDate, int untilDate, String symbol) {}

  /**
   * Reads the metadata that follows the version and length.
   *
   * @throws BufferUnderflowException when it ends before it should
   */
  static DbnHeader parse(int version, byte[] metadata) {
    var in = ByteBuffer.wrap(metadata).order(ByteOrder.LITTLE_ENDIAN);
    var dataset = text(in, 16);
    int schema = in.getShort() & 0xffff;
    long start = in.getLong();
    long end = in.getLong();
    in.getLong(); // the request's limit
    if (version == 1) in.getLong(); // number of records; often not filled in
    in.get(); // symbology asked in
    in.get(); // symbology answered in
    boolean hasSendTimes = in.get() != 0;
    int symbolBytes = version == 1 ? VERSION_1_SYMBOL_BYTES : in.getShort() & 0xffff;
    skip(in, version == 1 ? VERSION_1_RESERVED_BYTES : RESERVED_BYTES);
    skip(in, in.getInt()); // schema definition, never used so far
    var symbols = texts(in, symbolBytes);
    texts(in, symbolBytes); // resolved for a part of the time
    texts(in, symbolBytes); // not found
    return new DbnHeader(
        version, dataset, schema, start, end, hasSendTimes, symbols, mappings(in, symbolBytes));
  }

  private static List<Mapping> mappings(ByteBuffer in, int symbolBytes) {
    var mappings = new ArrayList<Mapping>();
    for (int left = in.getInt(); left > 0; left--) {
      var rawSymbol = text(in, symbolBytes);
      for (int intervals = in.getInt(); intervals > 0; intervals--) {
        int fromDate = in.getInt();
        int untilDate = in.getInt();
        mappings.add(new Mapping(rawSymbol, fromDate, untilDate, text(in, symbolBytes)));
      }
    }
    return mappings;
  }

  private static List<String> texts(ByteBuffer in, int bytes) {
    var texts = new ArrayList<String>();
    for (int left = in.getInt(); left > 0; left--) texts.add(text(in, bytes));
    return texts;
  }

  private static String text(ByteBuffer in, int bytes) {
    var raw = new byte[bytes];
    in.get(raw);
    int length = 0;
    while (length < bytes && raw[length] != 0) length++;
    return new String(raw, 0, length, StandardCharsets.UTF_8);
  }

  private static void skip(ByteBuffer in, int bytes) {
    if (bytes < 0 || bytes > in.remaining()) throw new BufferUnderflowException();
    in.position(in.position() + bytes);
  }
}
