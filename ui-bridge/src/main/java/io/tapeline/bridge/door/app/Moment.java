package io.tapeline.bridge.door.app;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Remembers answers for a moment: what is taken away elsewhere is gone here within five seconds. An
 * answer that is asked for again and again is looked up anew before it is too old, so that nobody
 * waits; those who must wait wait for the same answer.
 */
final class Moment<T> {
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int MOST = 10_000;

  private final ConcurrentMap<String, Kept<T>> kept = new ConcurrentHashMap<>();

  private final ConcurrentMap<String, Asking> asking = new ConcurrentHashMap<>();

  private record Kept<T>(T value, Instant asOf, AtomicBoolean asked) {}

  /** A question whose answer is on its way. */
  private final class Asking {
    final Uni<T> answer;

    Asking(String key, Instant now, Supplier<Uni<T>> ask) {
      answer =
          Uni.createFrom()
              .deferred(ask::get)
              .onItem()
              .invoke(value -> answered(key, value, now))
              .onFailure()
              .invoke(() -> asking.remove(key, this))
              .memoize()
              .indefinitely();
    }

    /** What was forgotten meanwhile is not kept: it may be from before it was taken away. */
    private void answered(String key, T value, Instant asOf) {
      if (!asking.remove(key, this)) return;
      if (kept.size() >= MOST) kept.clear();
      kept.put(key, new Kept<>(value, asOf, new AtomicBoolean()));
    }
  }

  Uni<T> of(String key, Instant now, Supplier<Uni<T>> ask) {
    var known = kept.get(key);
    if (known == null || !known.asOf().plus(LENGTH).isAfter(now))
      return here(asking.computeIfAbsent(key, _ -> new Asking(key, now, ask)).answer);
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

  /** Somebody else's question is answered on somebody else's thread. */
  private Uni<T> here(Uni<T> answer) {
    var context = Vertx.currentContext();
    return context == null ? answer : answer.emitOn(task -> context.runOnContext(_ -> task.run()));
  }

  void forget(String key) {
    asking.remove(key);
    kept.remove(key);
  }

  void forgetAll() {
    asking.clear();
    kept.clear();
  }
}
