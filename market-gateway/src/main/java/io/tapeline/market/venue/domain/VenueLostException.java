package io.tapeline.market.venue.domain;

/** Somebody else speaks to this venue by now, or nobody can say who does: say nothing more. */
public final class VenueLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VenueLostException(String message) {
    super(message);
  }

  public VenueLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
