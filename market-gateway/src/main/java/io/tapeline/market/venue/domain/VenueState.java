package io.tapeline.market.venue.domain;

import org.jspecify.annotations.Nullable;

/**
 * Whether a venue is there.
 *
 * @param reason one sentence why it is not up, or what is special about it
 */
public record VenueState(Phase phase, @Nullable String reason) {
  /**
   * UP trades; STANDING is up but its market does not move; DISCONNECTED answers nothing and will
   * be back by itself; DOWN answers nothing, and BROKEN will not before a person does something.
   */
  public enum Phase {
    STARTING,
    UP,
    STANDING,
    DISCONNECTED,
    DOWN,
    BROKEN
  }

  public static VenueState of(Phase phase) {
    return new VenueState(phase, null);
  }

  public boolean isOpen() {
    return phase == Phase.UP || phase == Phase.STANDING;
  }
}
