package io.tapeline.timing;

/** Nanoseconds since some fixed moment. */
@FunctionalInterface
interface NanoClock {
  long nanos();
}
