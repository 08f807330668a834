package io.tapeline.orders.http;

import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.orders.app.AccountDesks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says, read by one set of rules. */
final class Requests {
  static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_RULE = Pattern.compile("[!-~]{1,64}");
  private static final int MOST_ITEMS = 500;

  private Requests() {}

  /** Null: there is no such account. */
  static @Nullable AccountId account(String value, AccountDesks desks) {
    try {
      var account = new AccountId(value);
      return desks.knows(account) ? account : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  static ClOrdId clOrdId(@Nullable String value) {
    try {
      return new ClOrdId(Objects.requireNonNullElse(value, ""));
    } catch (IllegalArgumentException _) {
      throw new MalformedRequestException("clOrdId must be 1 to 36 of A-Z a-z 0-9 . _ -");
    }
  }

  static String key(String value) {
    if (!KEY_RULE.matcher(value).matches())
      throw new MalformedRequestException(KEY + " must be 1 to 64 printable characters");
    return value;
  }

  static @Nullable String cursor(@Nullable String value) {
    if (value != null && !value.matches("[0-9]{1,18}"))
      throw new MalformedRequestException("cursor is none of ours");
    return value;
  }

  static @Nullable Instant instant(String name, @Nullable String value) {
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeParseException _) {
      throw new MalformedRequestException(name + " is no time like 2026-03-02T15:00:00Z");
    }
  }

  static int limit(int value) {
    return Math.clamp(value, 1, MOST_ITEMS);
  }

  /** Of what was asked, without what was left out: a field added later changes no old one. */
  static String fingerprint(String what, Object body) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(what.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      sha.update(Json.bytes(body));
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
