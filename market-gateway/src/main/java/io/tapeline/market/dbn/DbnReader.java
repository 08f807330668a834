package io.tapeline.market.dbn;

import com.github.luben.zstd.ZstdIOException;
import io.tapeline.market.replay.domain.Recording;
import io.tapeline.market.replay.domain.RecordingKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the records of a DBN file. Nothing is allocated per record: the accessors read the
 * record where it lies in the buffer.
 */
final class DbnReader implements Recording {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int RECORD_HEADER_BYTES = 16;
  private static final int MAX_RECORD_BYTES = 255 * 4;

  private final Path file;
  private final InputStream in;
  private final DbnHeader header;
  private final Schema schema;
  private final SymbolMap symbols;
  private final Map<String, Long> passedOver = new TreeMap<>();

  private final byte[] buffer = new byte[256 * 1024];
  private int at;
  private int end;

  /** Where the buffer's first byte lies in the uncompressed file. */
  private long bufferStart;

  private int recordBytes;
  private long records;
  private boolean mbo;

  DbnReader(Path file, InputStream in, DbnHeader header, Schema schema, long metadataEnd) {
    this.file = file;
    this.in = in;
    this.header = header;
    this.schema = schema;
    this.mbo = schema == Schema.MBO;
    this.symbols = new SymbolMap(header.mappings());
    this.bufferStart = metadataEnd;
  }

  @Override
  public boolean next() {
    while (true) {
      at += recordBytes;
      recordBytes = 0;
      if (end - at < MAX_RECORD_BYTES) fill();
      if (at == end) return false;
      int length = (buffer[at] & 0xff) * 4;
      if (length > end - at) throw truncated();
      if (length < RECORD_HEADER_BYTES) {
        throw new DbnException(
            file,
            "is corrupt at byte %,d, after %,d records: a record of %d bytes"
                .formatted(bufferStart + at, records, length));
      }
      recordBytes = length;
      records++;
      int rtype = buffer[at + 1] & 0xff;
      if (rtype == schema.rtype() && length >= schema.recordBytes()) return true;
      passedOver.merge(Schema.kindOf(rtype), 1L, Long::sum);
    }
  }

  private void fill() {
    int kept = end - at;
    System.arraycopy(buffer, at, buffer, 0, kept);
    bufferStart += at;
    at = 0;
    end = kept;
    try {
      while (end < buffer.length) {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) return;
        end += read;
        if (end >= MAX_RECORD_BYTES) return;
      }
    } catch (ZstdIOException e) {
      if (DbnFile.isEndMissing(e)) throw truncated();
      throw new DbnException(
          file, "is corrupt: its zstd data are damaged after %,d records".formatted(records), e);
    } catch (IOException e) {
      throw new DbnException(
          file, "cannot be read on after %,d records: %s".formatted(records, e.getMessage()), e);
    }
  }

  private DbnException truncated() {
    return new DbnException(
        file,
        "is truncated at byte %,d, after %,d whole records".formatted(bufferStart + end, records));
  }

  /** Records read so far, those passed over included. */
  long records() {
    return records;
  }

  DbnHeader header() {
    return header;
  }

  @Override
  public String name() {
    var name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  @Override
  public RecordingKind kind() {
    return schema.kind();
  }

  @Override
  public Set<String> symbols() {
    return symbols.symbols();
  }

  @Override
  public @Nullable String symbol() {
    return symbols.symbol(instrumentId(), tsRecv());
  }

  @Override
  public int instrumentId() {
    return int32(4);
  }

  @Override
  public long tsEvent() {
    return int64(8);
  }

  @Override
  public long tsRecv() {
    return int64(mbo ? 40 : 32);
  }

  @Override
  public byte action() {
    return buffer[at + (mbo ? 38 : 28)];
  }

  @Override
  public byte side() {
    return buffer[at + (mbo ? 39 : 29)];
  }

  @Override
  public int flags() {
    return buffer[at + (mbo ? 36 : 30)] & 0xff;
  }

  @Override
  public long price() {
    return int64(mbo ? 24 : 16);
  }

  @Override
  public long size() {
    return int32(mbo ? 32 : 24) & 0xffff_ffffL;
  }

  @Override
  public long orderId() {
    return int64(16);
  }

  @Override
  public long bidPrice() {
    return int64(48);
  }

  @Override
  public long askPrice() {
    return int64(56);
  }

  @Override
  public long bidSize() {
    return int32(64) & 0xffff_ffffL;
  }

  @Override
  public long askSize() {
    return int32(68) & 0xffff_ffffL;
  }

  @Override
  public int bidOrders() {
    return int32(72);
  }

  @Override
  public int askOrders() {
    return int32(76);
  }

  @Override
  public Map<String, Long> passedOver() {
    return passedOver;
  }

  private int int32(int offset) {
    return (int) INT.get(buffer, at + offset);
  }

  private long int64(int offset) {
    return (long) LONG.get(buffer, at + offset);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DbnException(file, "cannot be closed: " + e.getMessage(), e);
    }
  }
}
