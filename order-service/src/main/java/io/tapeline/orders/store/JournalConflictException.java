package io.tapeline.orders.store;

/** Something the batch takes for new is there already. */
public final class JournalConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is there already. */
  public enum Known {
    /** The account's next seq: someone else owns the account, or our own commit did succeed. */
    SEQ,
    COMMAND,
    EXECUTION,
    ORDER
  }

  private final Known known;

  JournalConflictException(Known known, Throwable cause) {
    super("the journal already has it: " + known, cause);
    this.known = known;
  }

  public Known known() {
    return known;
  }
}
