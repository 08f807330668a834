package io.tapeline.timing;

import org.jspecify.annotations.Nullable;

/**
 * A block that is timed until it is closed:
 *
 * <pre>{@code
 * try (var t = timing.operation("place_order", "symbol", symbol)) {
 *   …
 * }
 * }</pre>
 *
 * Small enough for the compiler to keep it off the heap.
 */
public final class TimeOperation implements AutoCloseable {
  private final Operation operation;
  private final @Nullable String key;
  private final @Nullable Object value;
  private final @Nullable String otherKey;
  private final @Nullable Object otherValue;
  private final long began;
  private boolean failed;

  TimeOperation(
      Operation operation,
      @Nullable String key,
      @Nullable Object value,
      @Nullable String otherKey,
      @Nullable Object otherValue) {
    this.operation = operation;
    this.key = key;
    this.value = value;
    this.otherKey = otherKey;
    this.otherValue = otherValue;
    this.began = operation.now();
  }

  /** The block does not end well: what it took is kept apart. */
  public void failed() {
    failed = true;
  }

  @Override
  public void close() {
    long nanos = operation.now() - began;
    // the parts and not the block: what is handed on would have to be on the heap
    if (failed) operation.failed(nanos, key, value, otherKey, otherValue);
    else operation.took(nanos, key, value, otherKey, otherValue);
  }
}
