package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the orders of a bracket are called: {@code <id>.sl}, {@code <id>.tp1}, with {@code -2} for
 * the second order a leg has, and {@code <id>.fix1} for what restores a position.
 */
final class LegNames {
  private static final Pattern RULE = Pattern.compile("\\.(sl|tp[1-9])(?:-([0-9a-z]))?");
  private static final Pattern FIX = Pattern.compile("\\.fix[0-9a-z]");

  private LegNames() {}

  /** What a name says of a leg. */
  record Named(int no, int generation) {}

  static boolean isOne(String suffix) {
    return RULE.matcher(suffix).matches() || FIX.matcher(suffix).matches();
  }

  static boolean isFix(ClOrdId id) {
    var dot = id.value().lastIndexOf('.');
    return dot > 0 && FIX.matcher(id.value().substring(dot)).matches();
  }

  static @Nullable Named leg(ClOrdId id) {
    var dot = id.value().lastIndexOf('.');
    if (dot < 1) return null;
    var matcher = RULE.matcher(id.value().substring(dot));
    if (!matcher.matches()) return null;
    var kind = matcher.group(1);
    var generation = matcher.group(2);
    return new Named(
        kind.equals("sl") ? 0 : kind.charAt(2) - '0',
        generation == null ? 1 : Integer.parseInt(generation, Character.MAX_RADIX));
  }
}
