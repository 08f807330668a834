package io.tapeline.market.venue;

import io.tapeline.market.replay.domain.BrokenRecordingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells recordings apart by name, size and ends, without reading gigabytes. */
final class Fingerprint {
  private static final int END_BYTES = 64 * 1024;

  private Fingerprint() {}

  static String of(List<Path> files, @Nullable Instant from, @Nullable Instant to) {
    var digest = sha256();
    for (var file : files) add(digest, file);
    digest.update((from + ".." + to).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Path file) {
    try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
      long size = bytes.length();
      digest.update((file.getFileName() + "|" + size + "|").getBytes(StandardCharsets.UTF_8));
      var end = new byte[(int) Math.min(END_BYTES, size)];
      bytes.readFully(end);
      digest.update(end);
      bytes.seek(size - end.length);
      bytes.readFully(end);
      digest.update(end);
    } catch (IOException e) {
      throw new BrokenRecordingException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
