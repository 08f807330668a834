package io.tapeline.market.sim.domain;

/**
 * What this exchange does by itself beyond matching.
 *
 * @param nativeOco siblings of a group shrink and cancel each other here; where they do not the
 *     group is not looked at
 */
public record SimRules(boolean nativeOco) {
  public static final SimRules PLAIN = new SimRules(false);
}
