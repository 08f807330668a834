package io.tapeline.positions.domain;

/** What using up a part of a limit leads to, from mild to hard. */
public enum Tier {
  /** A person is told. */
  WARN,
  /** No new risk. */
  BLOCK,
  /** Everything is closed, and no new risk. */
  LIQUIDATE,
  /** Everything is closed, and nothing is taken until the lock ends. */
  LOCK
}
