package io.tapeline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A first look at recorded files, before anything is started; the gateway looks deeper. */
final class ReplayFiles {
  private static final byte[] DBN = {'D', 'B', 'N'};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private ReplayFiles() {}

  static void check(Path file) {
    complaint(file)
        .ifPresent(
            sentence -> {
              throw new StackException(sentence);
            });
  }

  static Optional<String> complaint(Path file) {
    if (!Files.exists(file)) {
      return Optional.of("The replay file " + file + " is not there: check the path.");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return Optional.of("The replay file " + file + " cannot be read.");
    }
    try (var in = Files.newInputStream(file)) {
      var head = in.readNBytes(4);
      if (head.length < 4) {
        return Optional.of("The replay file " + file + " is truncated: it has no header.");
      }
      var known = startsWith(head, ZSTD) || startsWith(head, DBN);
      return known
          ? Optional.empty()
          : Optional.of(
              "The replay file " + file + " is not a Databento DBN file (plain or zstd).");
    } catch (IOException e) {
      return Optional.of("The replay file " + file + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
