package io.tapeline.bridge.door.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A secret handed out: its text goes to its owner once, its hash is kept. Never shows itself. */
public final class Secret {
  public static final int BYTES = 32;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * @param random that many random bytes
   */
  public static Secret of(String prefix, byte[] random) {
    if (random.length != BYTES) throw new IllegalArgumentException("a secret has 32 bytes");
    return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** What somebody claims to have been given. */
  public static Secret claimed(String text) {
    return new Secret(text);
  }

  public String text() {
    return text;
  }

  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
