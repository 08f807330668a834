package io.tapeline.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * How many connections are busy, and how many wait for one, is said by the pool ({@code
 * sql.pool.active}, {@code sql.pool.queue.size}). The driver registers gauges of the same for each
 * connection under one name, of which only the first would count, with a warning for the others.
 */
@Singleton
final class PoolsSpeakAlone implements MeterFilter {
  private static final Set<String> OF_THE_DRIVER =
      Set.of("postgresql.queue.size", "postgresql.current");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return OF_THE_DRIVER.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
