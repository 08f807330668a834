package io.tapeline.positions.store;

import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import java.util.Map;
import java.util.Set;

/** Executions of a batch that are booked already, under another sequence number. */
public final class BookedTwiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Map<AccountId, Set<ExecId>> executions;

  BookedTwiceException(Map<AccountId, Set<ExecId>> executions) {
    super("booked already: " + executions);
    this.executions = executions;
  }

  public Map<AccountId, Set<ExecId>> executions() {
    return executions;
  }
}
