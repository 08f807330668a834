package io.tapeline.orders.app;

/** The journal did not answer: it may have been written. The same command id asked again tells. */
public final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(String why, Throwable cause) {
    super(why, cause);
  }
}
