package io.tapeline.orders.app;

/** A report that can be read but not believed, such as a fill in a contract nobody knows. */
public final class UnbookableReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnbookableReportException(String why, Throwable cause) {
    super(why, cause);
  }
}
