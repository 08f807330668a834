package io.tapeline.bridge.fanout.domain;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A channel as clients name it: {@code quote:ESH4}, {@code orders:PRACTICE}, {@code status}.
 *
 * @param of the symbol or account; empty for {@code status}; {@code *} for the quotes of all front
 *     contracts
 */
public record ChannelName(ChannelKind kind, String of) {
  public static final ChannelName STATUS = new ChannelName(ChannelKind.STATUS, "");
  public static final ChannelName FRONT_QUOTES = new ChannelName(ChannelKind.QUOTE, "*");

  private static final int LONGEST = 48;
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{3,6}");
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,36}");
  private static final Map<String, ChannelKind> BY_LABEL =
      Arrays.stream(ChannelKind.values())
          .collect(Collectors.toUnmodifiableMap(ChannelKind::label, Function.identity()));

  public static ChannelName quote(String symbol) {
    return new ChannelName(ChannelKind.QUOTE, symbol);
  }

  /** The channel of that name, or null where there is none of the kind. */
  public static @Nullable ChannelName parse(String text) {
    if (text.length() > LONGEST) return null;
    int colon = text.indexOf(':');
    var kind = BY_LABEL.get(colon < 0 ? text : text.substring(0, colon));
    if (kind == null) return null;
    var of = colon < 0 ? "" : text.substring(colon + 1);
    var known =
        switch (kind.of()) {
          case EVERYTHING -> colon < 0;
          case ACCOUNT -> ACCOUNT.matcher(of).matches();
          case SYMBOL ->
              SYMBOL.matcher(of).matches() || (kind == ChannelKind.QUOTE && of.equals("*"));
        };
    return known ? new ChannelName(kind, of) : null;
  }

  @Override
  public String toString() {
    return kind.of() == ChannelKind.Of.EVERYTHING ? kind.label() : kind.label() + ':' + of;
  }
}
