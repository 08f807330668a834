package io.tapeline.timing;

import jakarta.inject.Singleton;

/** A bean as a service has them. */
@Singleton
class TimedWork {
  String plain(String symbol) {
    return symbol;
  }

  @TimeFunction(name = "timed_work", threshold = "1s")
  String timed(String symbol) {
    return symbol;
  }
}
