package io.tapeline.orders.http;

/** A request that says nothing that could be decided. */
final class MalformedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String what) {
    super(what);
  }
}
