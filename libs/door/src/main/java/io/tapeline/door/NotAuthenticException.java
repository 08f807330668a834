package io.tapeline.door;

/**
 * A token that proves nothing: not signed with the installation's secret, malformed, or out of
 * time.
 */
public final class NotAuthenticException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAuthenticException(Exception cause) {
    super("the service token is not valid", cause);
  }
}
