package io.tapeline.orders.app;

/** Too much is waiting already. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BusyException(String why) {
    super(why);
  }
}
