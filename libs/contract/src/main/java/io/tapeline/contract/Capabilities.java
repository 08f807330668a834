package io.tapeline.contract;

import org.jspecify.annotations.Nullable;

/**
 * What may be changed of an order now, and for every "no" the reason. Computed by order-service and
 * only there.
 */
public record Capabilities(
    Capability price, Capability stopPx, Capability trail, Capability qty, Capability cancel) {
  public record Capability(boolean allowed, @Nullable String reason) {
    public static final Capability YES = new Capability(true, null);

    public static Capability no(String reason) {
      return new Capability(false, reason);
    }
  }
}
