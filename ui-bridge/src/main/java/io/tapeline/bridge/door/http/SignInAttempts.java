package io.tapeline.bridge.door.http;

import io.tapeline.bridge.door.app.DoorConfig;
import io.tapeline.bridge.door.domain.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** A few tries at once and then one every six seconds, by address: a code is not to be guessed. */
@ApplicationScoped
class SignInAttempts {
  private static final double PER_SECOND = 1 / 6.0;
  private static final int MOST_ADDRESSES = 10_000;

  private final Map<String, Bucket> byAddress = new HashMap<>();
  private final int atOnce;

  @Inject
  SignInAttempts(DoorConfig config) {
    atOnce = config.signInsAtOnce();
  }

  synchronized boolean allow(String address, long nowNanos) {
    if (byAddress.size() >= MOST_ADDRESSES && !byAddress.containsKey(address)) {
      byAddress.values().removeIf(bucket -> bucket.isFull(nowNanos));
      if (byAddress.size() >= MOST_ADDRESSES) return false;
    }
    return byAddress
        .computeIfAbsent(address, _ -> new Bucket(atOnce, PER_SECOND, nowNanos))
        .take(nowNanos);
  }
}
