package io.tapeline.bridge.door.http;

import io.tapeline.bridge.door.domain.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Ten tries at once and then one every six seconds, by address: a code is not to be guessed. */
@ApplicationScoped
class SignInAttempts {
  private static final int AT_ONCE = 10;
  private static final double PER_SECOND = 1 / 6.0;
  private static final int MOST_ADDRESSES = 10_000;

  private final Map<String, Bucket> byAddress = new HashMap<>();

  synchronized boolean allow(String address, long nowNanos) {
    if (byAddress.size() >= MOST_ADDRESSES && !byAddress.containsKey(address)) {
      byAddress.values().removeIf(bucket -> bucket.isFull(nowNanos));
      if (byAddress.size() >= MOST_ADDRESSES) return false;
    }
    return byAddress
        .computeIfAbsent(address, _ -> new Bucket(AT_ONCE, PER_SECOND, nowNanos))
        .take(nowNanos);
  }
}
