package io.tapeline.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person should be told.
 *
 * @param id the same for the same occurrence, however often it is said
 * @param accountId {@code *} when it concerns everybody, {@code @name} when one user and no account
 * @param severity INFO, WARNING or CRITICAL
 * @param code what happened, for machines, such as ACCOUNT_QUARANTINED
 * @param text what happened, for people
 */
public record NoticeRow(
    String id,
    String accountId,
    String severity,
    String code,
    String text,
    Map<String, String> params,
    Instant at) {
  /** Without these it is no notice, and reading it fails as for anything else that is none. */
  public NoticeRow {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
  }

  /** The code of a price that a user waited for. */
  public static final String PRICE_ALERT = "PRICE_ALERT";

  private static final String USER = "@";

  /** Whom to address, in the place of an account, when it concerns one user alone. */
  public static String user(String name) {
    return USER + name;
  }

  /** The user it concerns alone; null where it concerns accounts. */
  public @Nullable String toUser() {
    return accountId.startsWith(USER) ? accountId.substring(USER.length()) : null;
  }
}
