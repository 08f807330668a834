package io.tapeline.positions.domain;

import io.tapeline.model.AccountId;
import org.jspecify.annotations.Nullable;

/** A record as it comes from the tape. */
public sealed interface Delivery {
  /** Where it lies. */
  Place place();

  /** Whose it is, by its key; null when the key names no account. */
  @Nullable AccountId accountId();

  record Place(int partition, long offset) {}

  record Line(Place place, AccountId accountId, TapeLine line) implements Delivery {}

  /** A record that cannot be understood. */
  record Poison(Place place, @Nullable AccountId accountId, String why) implements Delivery {}
}
