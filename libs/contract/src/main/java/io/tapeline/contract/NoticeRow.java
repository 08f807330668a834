package io.tapeline.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a person should be told.
 *
 * @param id the same for the same occurrence, however often it is said
 * @param accountId {@code *} when it concerns everybody
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
}
