package io.tapeline.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole installation in one file, as it stands while nobody runs it: PostgreSQL, Kafka, secret
 * and passwords of one moment. Neither an archive nor a restored directory is ever there by half:
 * both come to be under another name.
 */
final class Archive {
  private static final Duration LIMIT = Duration.ofHours(1);

  private Archive() {}

  static void write(DataDirectory data, Path file) {
    if (Files.exists(file))
      throw new StackException(file + " is there already: a backup never replaces another.");
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      // it holds the secrets
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var command = new ArrayList<String>();
      command.addAll(List.of("tar", "-czf", part.toString(), "-C", data.root().toString()));
      command.addAll(data.lasting());
      run(command, "The backup failed");
      try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException("The backup " + file + " cannot be written: " + e + ".", e);
    }
  }

  /** Makes the directory, which must not be there, or be empty. */
  static void unpack(Path file, Path directory) {
    if (!Files.isRegularFile(file)) throw new StackException("There is no backup " + file + ".");
    if (!isNewOrEmpty(directory))
      throw new StackException(
          directory + " is not empty: give a new directory with --data, and nothing is lost.");
    var next = directory.resolveSibling(directory.getFileName() + ".restoring");
    try {
      Directories.deleteRecursively(next);
      Files.createDirectories(next.getParent());
      Files.createDirectory(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      run(
          List.of("tar", "-xpzf", file.toString(), "--no-same-owner", "-C", next.toString()),
          file + " cannot be unpacked");
      if (!DataDirectory.isOurs(next)) {
        Directories.deleteRecursively(next);
        throw new StackException(file + " is not a backup of a desk.");
      }
      Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException(directory + " cannot be made: " + e + ".", e);
    }
  }

  private static boolean isNewOrEmpty(Path directory) {
    if (!Files.exists(directory)) return true;
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(List<String> command, String complaint) {
    var outcome = Commands.run(command, LIMIT);
    if (!outcome.isSuccess())
      throw new StackException(
          complaint
              + ": "
              + outcome.output().lines().findFirst().orElse("tar did not say why")
              + ".");
  }
}
