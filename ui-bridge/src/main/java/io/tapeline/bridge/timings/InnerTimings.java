package io.tapeline.bridge.timings;

import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.inner.InnerService;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.contract.Json;
import io.tapeline.door.Scope;
import io.tapeline.service.CallsRow;
import io.tapeline.service.TimingRow;
import io.tapeline.service.TimingsOfOthers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The timings of the services behind the bridge: each is asked, and named if it does not answer.
 */
@ApplicationScoped
class InnerTimings implements TimingsOfOthers {
  private static final String PATH = "/api/timings";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final InnerServices services;

  @Inject
  InnerTimings(InnerServices services) {
    this.services = services;
  }

  private record Rows(List<TimingRow> items, @Nullable List<CallsRow> calls) {}

  private record Asked<T>(InnerService service, Optional<T> answer) {}

  @Override
  public Uni<Told> all() {
    return each(service -> services.get(service, PATH, LIMIT).map(InnerTimings::rows))
        .map(
            asked -> {
              var items = new ArrayList<TimingRow>();
              var calls = new ArrayList<CallsRow>();
              for (var one : asked)
                one.answer()
                    .ifPresent(
                        rows -> {
                          items.addAll(rows.items());
                          if (rows.calls() != null) calls.addAll(rows.calls());
                        });
              return new Told(items, calls, silent(asked));
            });
  }

  @Override
  public Uni<List<String>> reset(String user) {
    return each(service -> forget(service, user)).map(InnerTimings::silent);
  }

  private Future<Integer> forget(InnerService service, String user) {
    return services
        .request(service, HttpMethod.DELETE, PATH, user, Scope.ADMIN)
        .compose(request -> request.idleTimeout(LIMIT.toMillis()).send())
        .compose(
            response ->
                response.statusCode() == 200
                    ? Future.succeededFuture(response.statusCode())
                    : Future.failedFuture("it answered " + response.statusCode()));
  }

  private static <T> Uni<List<Asked<T>>> each(Function<InnerService, Future<T>> ask) {
    var asked =
        Arrays.stream(InnerService.values())
            .map(
                service ->
                    Uni.createFrom()
                        .completionStage(() -> ask.apply(service).toCompletionStage())
                        .map(answer -> new Asked<>(service, Optional.of(answer)))
                        .onFailure()
                        .recoverWithItem(() -> new Asked<>(service, Optional.empty())))
            .toList();
    return Uni.join().all(asked).andFailFast();
  }

  private static <T> List<String> silent(List<Asked<T>> asked) {
    return asked.stream()
        .filter(one -> one.answer().isEmpty())
        .map(one -> one.service().label())
        .toList();
  }

  private static Rows rows(Buffer body) {
    return Json.read(body.getBytes(), Rows.class);
  }
}
