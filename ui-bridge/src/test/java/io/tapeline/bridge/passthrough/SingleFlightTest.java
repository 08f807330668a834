package io.tapeline.bridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private static final SingleFlight.Answer ANSWER =
      new SingleFlight.Answer(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("[]"));

  private final SingleFlight flights = new SingleFlight();
  private final AtomicInteger asked = new AtomicInteger();
  private final Promise<SingleFlight.Answer> coming = Promise.promise();

  private Future<SingleFlight.Answer> ask() {
    asked.incrementAndGet();
    return coming.future();
  }

  @Test
  void whoAsksTheSameMeanwhileGetsTheSameAnswer() {
    var first = flights.of("/api/bars?a", this::ask);
    var second = flights.of("/api/bars?a", this::ask);
    var other = flights.of("/api/bars?b", this::ask);
    coming.complete(ANSWER);

    assertThat(asked).hasValue(2);
    assertThat(first.result()).isSameAs(ANSWER);
    assertThat(second.result()).isSameAs(ANSWER);
    assertThat(other.result()).isSameAs(ANSWER);
  }

  @Test
  void anAnswerIsNotKept() {
    coming.complete(ANSWER);
    flights.of("/api/bars?a", this::ask);
    flights.of("/api/bars?a", this::ask);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFailureIsNotKeptEither() {
    var first = flights.of("/api/bars?a", this::ask);
    coming.fail("down");
    assertThat(first.failed()).isTrue();
    flights.of("/api/bars?a", this::ask);
    assertThat(asked).hasValue(2);
  }
}
