package io.tapeline.orders.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** What this service is told. */
@ConfigMapping(prefix = "orders")
public interface OrdersConfig {
  /** Name of this replica in the consumer group; the same after a restart. */
  String instance();

  /** How long after it was taken a new order may still be sent. */
  @WithDefault("5s")
  Duration sendWithin();

  /** From this lag on, new risk is denied TAPE_DOWN. */
  @WithDefault("2s")
  Duration tapeLagLimit();

  /** Prices of a market that is called stalled or contradictory for so long are not trusted. */
  @WithDefault("3s")
  Duration feedPatience();

  /**
   * After so long without a word of an account's risk state new risk is denied RISK_STATE_STALE.
   * Zero: nobody speaks of it, and nobody is waited for.
   */
  @WithDefault("15s")
  Duration riskSilence();

  /** So long after a start nobody need have spoken of it yet. */
  @WithDefault("30s")
  Duration riskGrace();

  /** Closed orders of an account that stay in memory. */
  @WithDefault("500")
  int closedInMemory();

  /** Answers of an account that stay in memory. */
  @WithDefault("128")
  int answersInMemory();

  /** After so many events of an account its state is written down, so that a start reads little. */
  @WithDefault("10000")
  int snapshotEvery();

  /** Commands of an account that may wait; cancels wait beyond it. */
  @WithDefault("2000")
  int mostWaiting();

  /** Whether an admin may have the command handler driven from within, to measure it. */
  @WithDefault("false")
  boolean loadTest();

  /** By account id; {@code default} for accounts without their own. */
  Map<String, Limit> limits();

  /** A missing one stops the start, never widens the gate. */
  interface Limit {
    long maxOrderQty();

    long maxPosition();

    int maxWorkingOrders();

    int ordersPerSecond();

    long collarTicks();

    /** Whether one reduce-only order undoes what siblings executed too much. */
    @WithDefault("true")
    boolean restoreAfterOcoRace();
  }
}
