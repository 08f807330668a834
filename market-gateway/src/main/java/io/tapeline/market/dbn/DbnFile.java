package io.tapeline.market.dbn;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.tapeline.market.replay.domain.Recording;
import io.tapeline.market.replay.domain.RecordingKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DBN files by path: opened to be played, described by their header, or read through to check them.
 */
public final class DbnFile {
  private static final int ZSTD_MAGIC = 0xFD2FB528;
  private static final int PRELUDE_BYTES = 8;

  /**
   * What a file's header says of it.
   *
   * @param dataset Databento's name of the source, {@code GLBX.MDP3}
   * @param symbols the contracts in it
   * @param start from when it was asked for
   * @param end until when, exclusive
   */
  public record Description(
      int version,
      String dataset,
      RecordingKind kind,
      Set<String> symbols,
      Instant start,
      Optional<Instant> end) {}

  private DbnFile() {}

  /**
   * Opens a file before its first record; the caller closes it.
   *
   * @throws DbnException when it is not there, not DBN, or of a version or schema that cannot be
   *     played
   */
  public static Recording open(Path file) {
    return reader(file);
  }

  /**
   * Reads the header alone.
   *
   * @throws DbnException as {@link #open}
   */
  public static Description describe(Path file) {
    try (var reader = reader(file)) {
      var header = reader.header();
      return new Description(
          header.version(),
          header.dataset(),
          reader.kind(),
          Set.copyOf(reader.symbols()),
          instant(header.start()),
          header.end() == -1 ? Optional.empty() : Optional.of(instant(header.end())));
    }
  }

  /**
   * Reads the whole file, so that damage is known before it is played.
   *
   * @return the number of its records
   * @throws DbnException as {@link #open}, and when the file is truncated or corrupt
   */
  public static long check(Path file) {
    try (var reader = reader(file)) {
      while (reader.next()) {}
      return reader.records();
    }
  }

  private static DbnReader reader(Path file) {
    @Nullable InputStream in = null;
    try {
      in = Files.newInputStream(file);
      var plain = uncompressed(in);
      in = plain;
      var reader = reader(file, plain);
      in = null;
      return reader;
    } catch (NoSuchFileException e) {
      throw new DbnException(file, "does not exist", e);
    } catch (ZstdIOException e) {
      throw new DbnException(
          file,
          isEndMissing(e)
              ? "is truncated: it ends within its header"
              : "is corrupt: its zstd data are damaged from the beginning",
          e);
    } catch (IOException e) {
      throw new DbnException(file, "cannot be read: " + e.getMessage(), e);
    } finally {
      closeAfterFailure(in);
    }
  }

  private static DbnReader reader(Path file, InputStream in) throws IOException {
    var prelude = in.readNBytes(PRELUDE_BYTES);
    if (prelude.length < 3 || prelude[0] != 'D' || prelude[1] != 'B' || prelude[2] != 'N') {
      throw new DbnException(file, "is not a DBN file");
    }
    if (prelude.length < PRELUDE_BYTES) {
      throw new DbnException(file, "is truncated: it ends within its header");
    }
    int version = prelude[3] & 0xff;
    if (version < 1 || version > 3) {
      throw new DbnException(
          file, "is DBN version " + version + "; versions 1, 2 and 3 can be read");
    }
    int length = ByteBuffer.wrap(prelude).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    if (length < 0 || length > DbnHeader.MAX_BYTES) {
      throw new DbnException(file, "is corrupt: a header of " + (length & 0xffff_ffffL) + " bytes");
    }
    var metadata = in.readNBytes(length);
    if (metadata.length < length) {
      throw new DbnException(file, "is truncated: it ends within its header");
    }
    var header = header(file, version, metadata);
    return new DbnReader(file, in, header, schema(file, header.schema()), PRELUDE_BYTES + length);
  }

  private static DbnHeader header(Path file, int version, byte[] metadata) {
    try {
      return DbnHeader.parse(version, metadata);
    } catch (BufferUnderflowException e) {
      throw new DbnException(file, "is corrupt: its header does not hold what it announces", e);
    }
  }

  private static Schema schema(Path file, int code) {
    return Arrays.stream(Schema.values())
        .filter(schema -> schema.code() == code)
        .findAny()
        .orElseThrow(
            () ->
                new DbnException(
                    file,
                    "has schema %s; schemas that can be played: %s"
                        .formatted(Schema.nameOf(code), Schema.playable())));
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, 128 * 1024);
    buffered.mark(4);
    var magic = buffered.readNBytes(4);
    buffered.reset();
    boolean zstd =
        magic.length == 4
            && ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt() == ZSTD_MAGIC;
    return zstd ? new ZstdInputStream(buffered) : buffered;
  }

  /** Whether the compressed data simply stop, as against being wrong. */
  static boolean isEndMissing(ZstdIOException e) {
    var message = e.getMessage();
    return e.getErrorCode() == Zstd.errSrcSizeWrong()
        || (message != null && message.contains("runcated"));
  }

  private static void closeAfterFailure(@Nullable InputStream in) {
    if (in == null) return;
    try {
      in.close();
    } catch (IOException _) {
      // the failure that led here is the one to tell
    }
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
