package io.tapeline.bridge.door.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Remembers answers for a moment: what is taken away elsewhere is gone here within five seconds. An
 * answer that is asked for again and again is looked up anew before it is too old, so that nobody
 * waits.
 */
final class Moment<T> {
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int MOST = 10_000;

  private final ConcurrentMap<String, Kept<T>> kept = new ConcurrentHashMap<>();

  private record Kept<T>(T value, Instant asOf, AtomicBoolean asked) {}

  Uni<T> of(String key, Instant now, Supplier<Uni<T>> ask) {
    var known = kept.get(key);
    if (known == null || !known.asOf().plus(LENGTH).isAfter(now)) return fetch(key, now, ask);
    if (!known.asOf().plus(FRESH).isAfter(now) && known.asked().compareAndSet(false, true))
      ask.get()
          .subscribe()
          .with(
              value ->
                  // Only in the place of what it was asked for: that may have been forgotten.
                  kept.replace(key, known, new Kept<>(value, now, new AtomicBoolean())),
              e -> known.asked().set(false));
    return Uni.createFrom().item(known.value());
  }

  private Uni<T> fetch(String key, Instant now, Supplier<Uni<T>> ask) {
    return ask.get()
        .invoke(
            value -> {
              if (kept.size() >= MOST) kept.clear();
              kept.put(key, new Kept<>(value, now, new AtomicBoolean()));
            });
  }

  void forget(String key) {
    kept.remove(key);
  }

  void forgetAll() {
    kept.clear();
  }
}
