package io.tapeline.market.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.market.replay.domain.ReplayFacts;
import java.util.HashMap;
import java.util.Map;

/** What could not be used of recordings, as counters: they grow over seeks, which begin anew. */
final class UnusableRecords {
  private final MeterRegistry meters;
  private final Map<String, Long> seen = new HashMap<>();

  private volatile int setAside;

  UnusableRecords(MeterRegistry meters) {
    this.meters = meters;
    meters.gauge("tapeline.replay.files.set.aside", this, unusable -> unusable.setAside);
  }

  /** So many recordings cannot be played at all. */
  void setAside(int files) {
    setAside = files;
  }

  /** Takes note of what was counted so far in this playing. */
  synchronized void note(ReplayFacts facts) {
    for (var each : facts.unusable().entrySet()) {
      long before = seen.getOrDefault(each.getKey(), 0L);
      long now = each.getValue();
      meters
          .counter("tapeline.replay.unusable", "reason", each.getKey())
          .increment((double) (now < before ? now : now - before));
      seen.put(each.getKey(), now);
    }
  }
}
