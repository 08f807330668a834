package io.tapeline.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's secret: 32 random bytes in a file that only its owner can read. It never shows
 * itself in text.
 */
public final class InstallationSecret {
  private static final int BYTES = 32;

  private final SecretKey key;

  private InstallationSecret(byte[] bytes) {
    key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /**
   * Reads the secret.
   *
   * @throws IOException when the file is missing or unreadable, or holds something else
   */
  public static InstallationSecret read(Path file) throws IOException {
    try {
      var bytes =
          Base64.getUrlDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (bytes.length != BYTES)
        throw new IOException(file + " does not hold a secret of " + BYTES + " bytes");
      return new InstallationSecret(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a secret file", e);
    }
  }

  /** Reads the secret, making it with mode 0600 when the file is not there yet. */
  public static InstallationSecret readOrCreate(Path file) throws IOException {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> create =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, create, ownerOnly)) {
      channel.write(StandardCharsets.US_ASCII.encode(text));
    } catch (FileAlreadyExistsException _) {
      return read(file);
    }
    return new InstallationSecret(bytes);
  }

  SecretKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "InstallationSecret[hidden]";
  }
}
