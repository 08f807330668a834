package io.tapeline.stack;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where PostgreSQL is, and who may set it up: {@code
 * postgresql://admin:password@db.example.com:5432}.
 */
record PostgresUrl(String host, int port, String user, String password) {
  private static final int USUAL_PORT = 5432;
  private static final String WANTED =
      "--postgres is a URL like postgresql://admin:password@db.example.com:5432";

  static PostgresUrl parse(String text) {
    try {
      var uri = new URI(text.startsWith("jdbc:") ? text.substring(5) : text);
      var userInfo = uri.getUserInfo();
      var colon = userInfo == null ? -1 : userInfo.indexOf(':');
      if (userInfo == null || colon < 1 || uri.getHost() == null) {
        throw new StackException(WANTED + ", with user, password and host.");
      }
      return new PostgresUrl(
          uri.getHost(),
          uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
          userInfo.substring(0, colon),
          userInfo.substring(colon + 1));
    } catch (URISyntaxException e) {
      // Not the cause: its message holds the password.
      throw new StackException(WANTED + ".");
    }
  }
}
