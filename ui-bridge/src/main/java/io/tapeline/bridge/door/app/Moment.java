package io.tapeline.bridge.door.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Remembers answers for a moment: what is taken away elsewhere is gone here within five seconds.
 */
final class Moment<T> {
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final ConcurrentMap<String, Kept<T>> kept = new ConcurrentHashMap<>();

  private record Kept<T>(T value, Instant until) {}

  Uni<T> of(String key, Instant now, Supplier<Uni<T>> ask) {
    var known = kept.get(key);
    if (known != null && known.until().isAfter(now)) return Uni.createFrom().item(known.value());
    return ask.get()
        .invoke(
            value -> {
              if (kept.size() >= MOST) kept.clear();
              kept.put(key, new Kept<>(value, now.plus(LENGTH)));
            });
  }

  void forget(String key) {
    kept.remove(key);
  }

  void forgetAll() {
    kept.clear();
  }
}
