package io.tapeline.market.sim.domain;

/**
 * What this exchange does by itself beyond matching.
 *
 * @param nativeOco siblings of a group shrink and cancel each other here; where they do not the
 *     group is not looked at
 * @param nativeBrackets an order may bring its bracket; where it may not, one that does is refused
 */
public record SimRules(boolean nativeOco, boolean nativeBrackets) {
  public static final SimRules PLAIN = new SimRules(false, false);
}
