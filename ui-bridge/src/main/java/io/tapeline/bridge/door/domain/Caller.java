package io.tapeline.bridge.door.domain;

/**
 * Who calls.
 *
 * @param scope how far the caller may go: read, trade or admin
 * @param pass names what the caller came with, so that it can be looked at again; never the secret
 */
public record Caller(String user, String scope, Via via, String pass) {
  /** What the caller came with. */
  public enum Via {
    SESSION,
    API_TOKEN,
    /** The installation itself: the launcher, or another service. */
    INSTALLATION
  }
}
