package io.tapeline.bridge.absence.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** When each user was last heard on a connection here. Any thread; times only move forward. */
public final class Attendance {
  private final ConcurrentMap<String, Long> heardNanos = new ConcurrentHashMap<>();

  public void heard(String user, long nowNanos) {
    heardNanos.merge(user, nowNanos, Math::max);
  }

  /** Seconds since each was heard; whom nobody heard for longer than that is forgotten. */
  public Map<String, Double> silentSeconds(long nowNanos, long forgottenAfterNanos) {
    heardNanos.values().removeIf(heard -> nowNanos - heard > forgottenAfterNanos);
    var silent = new HashMap<String, Double>();
    heardNanos.forEach((user, heard) -> silent.put(user, Math.max(0, nowNanos - heard) / 1e9));
    return silent;
  }
}
