package io.tapeline.positions.store;

/** Somebody else has folded these accounts further: what is in memory is not what is true. */
public final class StaleFoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleFoldException(int accounts) {
    super(accounts + " accounts are not where this batch was folded on");
  }
}
