package io.tapeline.orders.app;

/** The account is not, or no more, owned by this replica. Ask again. */
public final class NotOwnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotOwnerException(String why) {
    super(why);
  }
}
