package io.tapeline.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;

/**
 * How many wait for a connection is said by the pool ({@code sql.pool.queue.size}). The driver
 * registers a gauge of the same for each connection under one name, of which only the first would
 * count, with a warning for all others.
 */
@Singleton
final class PooledQueueAlone implements MeterFilter {
  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return id.getName().equals("postgresql.queue.size")
        ? MeterFilterReply.DENY
        : MeterFilterReply.NEUTRAL;
  }
}
