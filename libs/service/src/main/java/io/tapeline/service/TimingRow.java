package io.tapeline.service;

import io.tapeline.timing.Figures;
import io.tapeline.timing.Operation;

/**
 * What one operation of one service took since the start or the last reset, in milliseconds: of the
 * calls that went well, of those of the last minute, and of those that failed.
 *
 * @param kind {@code OPERATION}, or {@code HOP}: a part of a way through several services
 * @param budget what takes longer is slow
 * @param slow calls that took longer
 */
public record TimingRow(
    String service,
    String name,
    String kind,
    String what,
    double budget,
    long slow,
    long count,
    double min,
    double max,
    double mean,
    double median,
    double p95,
    double p99,
    Figures window,
    Figures errors) {
  /** An operation as it is told. */
  public static TimingRow of(String service, Operation.State state) {
    var total = state.total();
    return new TimingRow(
        service,
        state.name(),
        state.isHop() ? "HOP" : "OPERATION",
        state.what(),
        state.budget(),
        state.slow(),
        total.count(),
        total.min(),
        total.max(),
        total.mean(),
        total.median(),
        total.p95(),
        total.p99(),
        state.window(),
        state.errors());
  }
}
