package io.tapeline.testkit.offenders.domain;

import java.time.Instant;

/** Offends: takes the time and dice from outside. */
public final class ImpatientRule {
  private ImpatientRule() {}

  public static boolean allows() {
    return Instant.now().isAfter(Instant.EPOCH) && Math.random() < 0.5;
  }
}
