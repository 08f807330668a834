package io.tapeline.bridge.passthrough;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Calls that ask the same at the same time are made once, and all get the answer. */
final class SingleFlight {
  private final ConcurrentMap<String, Future<Answer>> underWay = new ConcurrentHashMap<>();

  /** A whole answer. */
  record Answer(int status, MultiMap headers, Buffer body) {}

  /**
   * The answer to a call.
   *
   * @param question all that the answer depends on
   */
  Future<Answer> of(String question, Supplier<Future<Answer>> ask) {
    var known = underWay.get(question);
    if (known != null) return known;
    var asked = ask.get();
    underWay.put(question, asked);
    // Also when it was answered before it could be put.
    return asked.onComplete(_ -> underWay.remove(question, asked));
  }
}
