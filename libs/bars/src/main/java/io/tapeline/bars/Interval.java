package io.tapeline.bars;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a bar is: 1 to 60 seconds or minutes, 1 to 24 hours, or a trading day. */
public record Interval(int count, Unit unit) {
  /** What an interval counts. A day is as long as its session says, not 24 hours. */
  public enum Unit {
    SECONDS('s', 1, 60),
    MINUTES('m', 60, 60),
    HOURS('h', 3_600, 24),
    DAYS('d', 86_400, 1);

    private final char letter;
    private final int seconds;
    private final int most;

    Unit(char letter, int seconds, int most) {
      this.letter = letter;
      this.seconds = seconds;
      this.most = most;
    }
  }

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]?)([smhd])");

  /** The finest, of which all others are made. */
  public static final Interval SECOND = new Interval(1, Unit.SECONDS);

  public static final Interval DAY = new Interval(1, Unit.DAYS);

  /** Those that are made as trades come, finest first; each is made of whole ones before it. */
  public static final List<Interval> STANDARD =
      List.of(
          SECOND,
          new Interval(5, Unit.SECONDS),
          new Interval(15, Unit.SECONDS),
          new Interval(30, Unit.SECONDS),
          new Interval(1, Unit.MINUTES),
          new Interval(2, Unit.MINUTES),
          new Interval(5, Unit.MINUTES),
          new Interval(15, Unit.MINUTES),
          new Interval(30, Unit.MINUTES),
          new Interval(1, Unit.HOURS),
          DAY);

  public Interval {
    if (count < 1 || count > unit.most)
      throw new IllegalArgumentException(
          "an interval is 1 to " + unit.most + unit.letter + ", not " + count + unit.letter);
  }

  /**
   * As people and topics write it: {@code 15s}, {@code 2m}, {@code 4h}, {@code 1d}.
   *
   * @throws IllegalArgumentException when it is none, with a sentence that says what would be
   */
  public static Interval parse(String text) {
    var match = TEXT.matcher(text);
    if (!match.matches())
      throw new IllegalArgumentException(
          "an interval is 1s to 60s, 1m to 60m, 1h to 24h or 1d, not " + text);
    char letter = match.group(2).charAt(0);
    for (var unit : Unit.values())
      if (unit.letter == letter) return new Interval(Integer.parseInt(match.group(1)), unit);
    throw new IllegalStateException("no unit " + letter);
  }

  /** Its length; a day's only where no clock is changed. */
  public long seconds() {
    return (long) count * unit.seconds;
  }

  public boolean isDay() {
    return unit == Unit.DAYS;
  }

  public boolean isStandard() {
    return STANDARD.contains(this);
  }

  /**
   * The longest standard interval of which this one is made of whole ones; itself where it is one.
   */
  public Interval base() {
    if (isStandard()) return this;
    return longest(seconds());
  }

  /** The next finer standard interval a standard one is made of; null for the finest. */
  @Nullable Interval finer() {
    if (equals(SECOND)) return null;
    return isDay() ? longest(3_600) : longestBelow(seconds());
  }

  private static Interval longest(long seconds) {
    return longestBelow(seconds + 1, seconds);
  }

  private static Interval longestBelow(long seconds) {
    return longestBelow(seconds, seconds);
  }

  private static Interval longestBelow(long limit, long seconds) {
    var found = SECOND;
    for (var each : STANDARD)
      if (!each.isDay() && each.seconds() < limit && seconds % each.seconds() == 0) found = each;
    return found;
  }

  @Override
  public String toString() {
    return "" + count + unit.letter;
  }
}
