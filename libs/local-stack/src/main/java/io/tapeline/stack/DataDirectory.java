package io.tapeline.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one installation. A marker says that it is ours: nothing is ever removed from a
 * directory without it. One launcher at a time holds its lock.
 */
final class DataDirectory implements AutoCloseable {
  private static final String MARKER = ".tapeline";

  /** All that we make in it, but for the marker and the unpacked programs. */
  private static final List<String> OURS =
      List.of(
          "postgres",
          "postgres-new",
          "postgres-new-password",
          "postgres-passwords",
          "postgres-passwords.next",
          "kafka",
          "secret",
          "logs",
          "settings.properties",
          "run.json");

  /** What a desk is made of again: the rest is of one run, or can be unpacked anew. */
  private static final List<String> LASTING =
      List.of(MARKER, "postgres", "postgres-passwords", "kafka", "secret", "settings.properties");

  private final Path root;
  private final FileChannel lockChannel;
  private final FileLock lock;

  private DataDirectory(Path root, FileChannel lockChannel, FileLock lock) {
    this.root = root;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /** Takes the directory for this process, making it where there is none. */
  static DataDirectory open(Path directory) {
    var root = directory.toAbsolutePath().normalize();
    if (root.toString().contains(",")) {
      throw new StackException(
          "The data directory "
              + root
              + " has a comma in its name, which Kafka cannot take: give another one with --data.");
    }
    try {
      claim(root);
      var channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StackException(
            "Tapeline is already running on "
                + root
                + ": stop that one first, or give another directory with --data.");
      }
      return new DataDirectory(root, channel, lock);
    } catch (IOException e) {
      throw new StackException(
          "The data directory "
              + root
              + " cannot be used ("
              + e
              + "): give another one with --data.",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void claim(Path root) throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new StackException(root + " is a file: give a directory with --data.");
    }
    if (!Files.exists(root)) {
      Files.createDirectories(root.getParent() == null ? root : root.getParent());
      Files.createDirectory(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (isOurs(root)) {
      return;
    }
    try (var entries = Files.list(root)) {
      if (entries.findAny().isPresent()) {
        throw new StackException(
            root
                + " is not empty and was not made by Tapeline, so nothing in it is touched: give another directory with --data.");
      }
    }
    Files.writeString(root.resolve(MARKER), "The data of a Tapeline installation.\n");
  }

  static boolean isOurs(Path root) {
    return Files.isRegularFile(root.resolve(MARKER));
  }

  /** Starts over: removes what we made, and nothing else. */
  void removeContents() {
    try {
      for (var name : OURS) {
        Directories.deleteRecursively(root.resolve(name));
      }
    } catch (IOException e) {
      throw new StackException("The data in " + root + " cannot be removed: " + e + ".", e);
    }
  }

  /** Names of what has to be kept, as far as it is there. */
  List<String> lasting() {
    return LASTING.stream().filter(name -> Files.exists(root.resolve(name))).toList();
  }

  Path root() {
    return root;
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path binaries() {
    return root.resolve("bin");
  }

  Path secret() {
    return root.resolve("secret");
  }

  Path passwords() {
    return root.resolve("postgres-passwords");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  Path settings() {
    return root.resolve("settings.properties");
  }

  RunFile runFile() {
    return new RunFile(root.resolve("run.json"));
  }

  @Override
  public void close() {
    try {
      lock.release();
      lockChannel.close();
    } catch (IOException e) {
      // the end of the process releases it as well
    }
  }
}
