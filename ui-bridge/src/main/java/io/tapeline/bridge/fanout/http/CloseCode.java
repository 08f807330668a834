package io.tapeline.bridge.fanout.http;

/** Why the bridge ends a connection. */
enum CloseCode {
  GOING_AWAY(1001),
  TOO_LARGE(1009),
  MALFORMED(4400),
  SIGNED_OUT(4401),
  IDLE(4408),
  SLOW(4409),
  TOO_MANY_MESSAGES(4429);

  private final short code;

  CloseCode(int code) {
    this.code = (short) code;
  }

  short code() {
    return code;
  }
}
