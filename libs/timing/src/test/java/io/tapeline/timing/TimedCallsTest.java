package io.tapeline.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls of annotated methods, as the interceptors are given them. */
class TimedCallsTest {
  private long now;
  private final Timing timing = new Timing(new SimpleMeterRegistry(), Map.of(), () -> now);
  private final TimeFunctionInterceptor functions = new TimeFunctionInterceptor(timing);
  private final TimeApiCallInterceptor apiCalls = new TimeApiCallInterceptor(timing);

  @SuppressWarnings("unused") // called by no one: its methods stand for intercepted ones
  @TimeFunction(threshold = "3ms")
  private static final class Marked {
    void plain() {}

    @TimeFunction(name = "fold", threshold = "50ms", what = "a batch")
    void named() {}

    @TimeApiCall(name = "venue_call")
    void asksAVenue() {}
  }

  private static Method method(String name) {
    try {
      return Marked.class.getDeclaredMethod(name);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private Object called(String method, Callable<Object> body) throws Exception {
    return functions.time(new Call(method(method), body));
  }

  private Operation.State state(String name) {
    return timing.states().stream()
        .filter(state -> state.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private void after(long millis) {
    now += millis * 1_000_000;
  }

  @Test
  void aPlainMethodTakesUntilItReturns() throws Exception {
    var result =
        called(
            "named",
            () -> {
              after(4);
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(state("fold").total().max()).isEqualTo(4);
    assertThat(state("fold").budget()).isEqualTo(50);
    assertThat(state("fold").what()).isEqualTo("a batch");
  }

  @Test
  void aMethodThatThrowsIsTimedApartAndItsExceptionGoesOn() {
    assertThatThrownBy(
            () ->
                called(
                    "named",
                    () -> {
                      after(4);
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");

    assertThat(state("fold").total().count()).isZero();
    assertThat(state("fold").errors().max()).isEqualTo(4);
  }

  @Test
  void aUniTakesUntilItsItemIsThereAndNotAMomentBeforeItIsWanted() throws Exception {
    var later = new CompletableFuture<String>();
    var uni =
        (Uni<?>)
            called(
                "named",
                () -> {
                  after(1);
                  return Uni.createFrom().completionStage(() -> later);
                });
    after(1_000); // nobody has asked yet

    assertThat(state("fold").total().count()).isZero();
    var subscribed = uni.subscribe().asCompletionStage();
    after(5);
    later.complete("there");

    assertThat(subscribed.join()).isEqualTo("there");
    assertThat(state("fold").total().max()).isEqualTo(6);
  }

  @Test
  void aUniThatFailsOrIsGivenUpIsTimedApart() throws Exception {
    var failing =
        (Uni<?>) called("named", () -> Uni.createFrom().failure(new IllegalStateException("no")));
    var hanging = (Uni<?>) called("named", () -> Uni.createFrom().nothing());

    assertThatThrownBy(() -> failing.await().indefinitely()).hasMessage("no");
    hanging.subscribe().with(_ -> {}).cancel();

    assertThat(state("fold").errors().count()).isEqualTo(2);
    assertThat(state("fold").total().count()).isZero();
  }

  @Test
  void aUniThatIsAskedTwiceIsTimedTwice() throws Exception {
    var uni = (Uni<?>) called("named", () -> Uni.createFrom().item("there"));

    uni.await().indefinitely();
    uni.await().indefinitely();

    assertThat(state("fold").total().count()).isEqualTo(2);
  }

  @Test
  void aMultiTakesUntilItEndsOrHasBeenSeenEnoughOf() throws Exception {
    var ticks =
        (Multi<?>) called("named", () -> Multi.createFrom().items(1, 2, 3).invoke(_ -> after(2)));

    assertThat(ticks.collect().asList().await().indefinitely()).hasSize(3);
    assertThat(state("fold").total().max()).isEqualTo(6);

    var endless = (Multi<?>) called("named", () -> Multi.createFrom().nothing());
    endless.subscribe().withSubscriber(AssertSubscriber.create(1)).cancel();
    assertThat(state("fold").total().count()).isEqualTo(2);
    assertThat(state("fold").errors().count()).isZero();
  }

  @Test
  void aStageTakesUntilItIsComplete() throws Exception {
    var later = new CompletableFuture<String>();
    var stage = (CompletionStage<?>) called("named", () -> later);
    after(9);
    assertThat(state("fold").total().count()).isZero();
    later.complete("there");

    assertThat(stage.toCompletableFuture().join()).isEqualTo("there");
    assertThat(state("fold").total().max()).isEqualTo(9);

    var broken = CompletableFuture.failedFuture(new IllegalStateException("no"));
    assertThat(called("named", () -> broken)).isNotNull();
    assertThat(state("fold").errors().count()).isEqualTo(1);
  }

  @Test
  void nothingIsAResultToo() throws Exception {
    assertThat(called("named", () -> null)).isNull();
    assertThat(state("fold").total().count()).isEqualTo(1);
  }

  @Test
  void aClassThatIsMarkedNamesItsMethods() throws Exception {
    called("plain", () -> null);

    assertThat(state("Marked.plain").budget()).isEqualTo(3);
  }

  @Test
  void callsOfOthersAreTimedWithMorePatience() throws Exception {
    apiCalls.time(new Call(method("asksAVenue"), () -> null));

    assertThat(state("venue_call").budget()).isEqualTo(1_000);
  }
}
