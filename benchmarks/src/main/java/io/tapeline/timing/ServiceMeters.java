package io.tapeline.timing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** What timing is given in a service: Prometheus inside of a composite, and the settings. */
@Singleton
class ServiceMeters {
  @Produces
  @Singleton
  MeterRegistry meters() {
    var meters = new CompositeMeterRegistry();
    meters.add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    return meters;
  }

  @Produces
  @Singleton
  TimingConfig settings() {
    return new TimingConfig() {
      @Override
      public String summaryEvery() {
        return "0s";
      }

      @Override
      public Map<String, String> thresholds() {
        return Map.of();
      }
    };
  }
}
