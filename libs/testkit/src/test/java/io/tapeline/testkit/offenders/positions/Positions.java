package io.tapeline.testkit.offenders.positions;

/** Another service's. */
public final class Positions {
  private Positions() {}

  public static long net() {
    return 0;
  }
}
