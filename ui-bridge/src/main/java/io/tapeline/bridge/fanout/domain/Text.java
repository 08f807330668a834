package io.tapeline.bridge.fanout.domain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The few words of an item that are not someone else's JSON. */
final class Text {
  private Text() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An item up to its version: all that is the same for every value of the key. */
  static String itemHead(ChannelName channel, @Nullable String key) {
    var head = new StringBuilder(64).append("{\"ch\":").append(quoted(channel.toString()));
    if (key != null) head.append(",\"k\":").append(quoted(key));
    return head.append(",\"v\":").toString();
  }

  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
