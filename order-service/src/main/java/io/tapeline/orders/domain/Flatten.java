package io.tapeline.orders.domain;

import io.tapeline.model.TradingState;
import java.time.Instant;

/**
 * An account on its way to flat: no new risk, everything cancelled, positions closed, looked again.
 * It is in the journal at every step, so that whoever owns the account goes on with it.
 *
 * @param before what the account was allowed before; {@code kept} once somebody else ordered a lock
 * @param attempt from 1; the last one that fails is told to a person
 * @param since when the step began (service clock)
 */
public record Flatten(
    String commandId,
    String by,
    TradingState before,
    boolean kept,
    int attempt,
    Step step,
    Instant since) {
  /** Who asks for what the process orders. */
  static final String BY = "flatten";

  /** Where it stands. */
  public enum Step {
    CANCELING,
    CLOSING
  }

  /** How it ended. */
  public enum Outcome {
    FLAT,
    FAILED
  }

  /** One that ended, for whoever asks later. */
  public record Ended(String commandId, Outcome outcome) {}

  Flatten at(Step newStep, int newAttempt, Instant newSince) {
    return new Flatten(commandId, by, before, kept, newAttempt, newStep, newSince);
  }

  Flatten keeping() {
    return new Flatten(commandId, by, before, true, attempt, step, since);
  }
}
