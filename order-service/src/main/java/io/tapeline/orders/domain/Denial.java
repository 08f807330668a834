package io.tapeline.orders.domain;

import java.util.Map;
import java.util.TreeMap;

/** A refusal: the reason, a sentence, and the numbers it speaks of. */
public record Denial(DenialReason reason, String detail, Map<String, String> params) {
  public Denial {
    params = java.util.Collections.unmodifiableMap(new TreeMap<>(params));
  }
}
