package io.tapeline.contract;

/** A record that is no JSON of its type; on account-keyed topics it quarantines the account. */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecordException(Class<?> type, Exception cause) {
    super("not a readable " + type.getSimpleName() + ": " + cause.getMessage(), cause);
  }
}
