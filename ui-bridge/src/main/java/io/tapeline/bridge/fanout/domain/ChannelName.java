package io.tapeline.bridge.fanout.domain;

import io.tapeline.bars.Interval;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A channel as clients name it: {@code quote:ESH4}, {@code bar:ESH4:5m}, {@code orders:PRACTICE},
 * {@code status}, {@code alerts}.
 *
 * @param of the symbol or account, or symbol and interval; empty for {@code status}; {@code *} for
 *     the quotes of all front contracts; the user for {@code alerts}, whom only we name
 */
public record ChannelName(ChannelKind kind, String of) {
  public static final ChannelName STATUS = new ChannelName(ChannelKind.STATUS, "");
  public static final ChannelName HOPS = new ChannelName(ChannelKind.HOPS, "");
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

  public static ChannelName bars(String symbol, String interval) {
    return new ChannelName(ChannelKind.BAR, symbol + ':' + interval);
  }

  /** The channel that a user calls by that name, or null where there is none of the kind. */
  public static @Nullable ChannelName parse(String text, String user) {
    var name = parse(text);
    return name != null && name.kind.of() == ChannelKind.Of.USER
        ? new ChannelName(name.kind, user)
        : name;
  }

  /** As {@link #parse(String, String)}, of nobody. */
  public static @Nullable ChannelName parse(String text) {
    if (text.length() > LONGEST) return null;
    int colon = text.indexOf(':');
    var kind = BY_LABEL.get(colon < 0 ? text : text.substring(0, colon));
    if (kind == null) return null;
    var of = colon < 0 ? "" : text.substring(colon + 1);
    var known =
        switch (kind.of()) {
          case EVERYTHING, USER -> colon < 0;
          case ACCOUNT -> ACCOUNT.matcher(of).matches();
          case SYMBOL ->
              SYMBOL.matcher(of).matches() || (kind == ChannelKind.QUOTE && of.equals("*"));
          case BARS -> isBars(of);
        };
    return known ? new ChannelName(kind, of) : null;
  }

  private static boolean isBars(String of) {
    int colon = of.indexOf(':');
    if (colon < 0 || !SYMBOL.matcher(of.substring(0, colon)).matches()) return false;
    try {
      Interval.parse(of.substring(colon + 1));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** The contract of a channel of one. */
  public String symbol() {
    return kind == ChannelKind.BAR ? of.substring(0, of.indexOf(':')) : of;
  }

  /** How long the bars of a channel of bars are. */
  public Interval interval() {
    if (kind != ChannelKind.BAR) throw new IllegalStateException(this + " is no channel of bars");
    return Interval.parse(of.substring(of.indexOf(':') + 1));
  }

  @Override
  public String toString() {
    return switch (kind.of()) {
      case EVERYTHING, USER -> kind.label();
      case SYMBOL, BARS, ACCOUNT -> kind.label() + ':' + of;
    };
  }
}
