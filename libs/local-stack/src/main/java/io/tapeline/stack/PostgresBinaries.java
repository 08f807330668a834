package io.tapeline.stack;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL of the Maven artifacts, once per directory. */
final class PostgresBinaries {
  static final String VERSION = "18.6.0";

  private PostgresBinaries() {}

  /** The directory that holds bin, lib and share. */
  static Path unpackedUnder(Path parent) {
    var home = parent.resolve("postgres-" + VERSION);
    if (Files.isDirectory(home)) {
      return home;
    }
    try {
      Files.createDirectories(parent);
      removeAbandoned(parent);
      var fresh = Files.createTempDirectory(parent, "unpacking-");
      unpack(fresh);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      rename(fresh, home);
      return home;
    } catch (IOException e) {
      throw new StackException(
          "PostgreSQL could not be unpacked under " + parent + ": " + e.getMessage(), e);
    }
  }

  /** What a process that was killed while unpacking left behind. */
  private static void removeAbandoned(Path parent) throws IOException {
    var longAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(10)));
    try (var halfDone = Files.newDirectoryStream(parent, "unpacking-*")) {
      for (var directory : halfDone) {
        if (Files.getLastModifiedTime(directory).compareTo(longAgo) < 0) {
          Directories.deleteRecursively(directory);
        }
      }
    }
  }

  /** Another process may have unpacked at the same time; then ours is thrown away. */
  private static void rename(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home);
    } catch (IOException e) {
      Directories.deleteRecursively(fresh);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static void unpack(Path target) throws IOException {
    try (var packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine());
        var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          var executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String system() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "Darwin" : "Linux";
  }

  private static String machine() {
    return ArchUtils.normalize(System.getProperty("os.arch"));
  }
}
