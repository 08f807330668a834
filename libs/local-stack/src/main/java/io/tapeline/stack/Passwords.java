package io.tapeline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The random passwords of the PostgreSQL users, kept beside the data with mode 0600. */
public final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Map<String, String> byUser;

  private Passwords(Map<String, String> byUser) {
    this.byUser = byUser;
  }

  public static Passwords keptIn(Path file, List<String> users) {
    try {
      var byUser = Files.exists(file) ? read(file) : new TreeMap<String, String>();
      if (!byUser.keySet().containsAll(users)) {
        users.forEach(user -> byUser.computeIfAbsent(user, _ -> random()));
        write(file, byUser);
      }
      return new Passwords(byUser);
    } catch (IOException e) {
      throw new StackException(
          "The database passwords in " + file + " cannot be read or written: " + e.getMessage(), e);
    }
  }

  /** New ones for these users; those of others stay. */
  static void renew(Path file, List<String> users) throws IOException {
    var byUser = read(file);
    users.forEach(user -> byUser.put(user, random()));
    write(file, byUser);
  }

  public String of(String user) {
    var password = byUser.get(user);
    if (password == null) {
      throw new IllegalArgumentException("no such database user: " + user);
    }
    return password;
  }

  private static String random() {
    var bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Map<String, String> read(Path file) throws IOException {
    var byUser = new TreeMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      var equals = line.indexOf('=');
      if (equals > 0) {
        byUser.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return byUser;
  }

  /** Through a second file, so that a crash half way leaves the old one. */
  private static void write(Path file, Map<String, String> byUser) throws IOException {
    var text = new StringBuilder();
    byUser.forEach((user, password) -> text.append(user).append('=').append(password).append('\n'));
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        next,
        text.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(
        next,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
