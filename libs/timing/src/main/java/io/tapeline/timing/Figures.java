package io.tapeline.timing;

/**
 * What calls took, in milliseconds. Count, extremes and mean are exact, the rest within one
 * percent; all are zero where there was no call.
 */
public record Figures(
    long count, double min, double max, double mean, double median, double p95, double p99) {
  public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);
}
