package io.tapeline.orders.http;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.orders.app.Answer;
import io.tapeline.orders.app.OrderService;
import io.tapeline.orders.app.OrdersConfig;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Drives the command handler from within, so that {@code ./tapeline bench orders} can tell what it
 * does from what HTTP costs. Not there unless {@code orders.load-test} says so.
 */
@Path("/api/load")
@Produces(MediaType.APPLICATION_JSON)
class LoadResource {
  private static final int MOST_SECONDS = 60;
  private static final int MOST_MEASURED = 2_000_000;

  private final OrderService orders;
  private final OrdersConfig config;

  @Inject
  LoadResource(OrderService orders, OrdersConfig config) {
    this.orders = orders;
    this.config = config;
  }

  /**
   * What to do.
   *
   * @param inFlight commands that wait for their answer at any time, over all accounts
   */
  record Load(List<String> accounts, String symbol, int seconds, int inFlight) {}

  record Outcome(long placed, long refused, double perSecond, double p50Millis, double p99Millis) {}

  @POST
  @RolesAllowed("admin")
  public Uni<RestResponse<Object>> run(Load load) {
    if (!config.loadTest())
      return Uni.createFrom()
          .item(
              Problem.of(Response.Status.NOT_FOUND, "UNKNOWN_PATH", "there is nothing here")
                  .response());
    return Uni.createFrom().completionStage(() -> new Run(load).start()).map(RestResponse::ok);
  }

  private final class Run {
    private final Load load;
    private final String name = Long.toString(System.currentTimeMillis(), 36);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final long[] nanos = new long[MOST_MEASURED];
    private final long begin = System.nanoTime();
    private final long end;

    Run(Load load) {
      this.load = load;
      end = begin + TimeUnit.SECONDS.toNanos(Math.clamp(load.seconds(), 1, MOST_SECONDS));
    }

    CompletableFuture<Object> start() {
      var lanes =
          java.util.stream.IntStream.range(0, load.inFlight())
              .mapToObj(
                  i -> lane(new AccountId(load.accounts().get(i % load.accounts().size())), i))
              .toArray(CompletableFuture<?>[]::new);
      return CompletableFuture.allOf(lanes).thenApply(_ -> outcome());
    }

    /** One order after the other, each when the one before is answered. */
    private CompletableFuture<Void> lane(AccountId account, int lane) {
      var done = new CompletableFuture<Void>();
      order(account, lane, 0, done);
      return done;
    }

    private void order(AccountId account, int lane, int number, CompletableFuture<Void> done) {
      var asked = System.nanoTime();
      if (asked > end) {
        done.complete(null);
        return;
      }
      var id = "h" + name + "-" + lane + "-" + number;
      var request =
          "{\"clOrdId\":\"%s\",\"symbol\":\"%s\",\"side\":\"%s\",\"ordType\":\"MARKET\",\"orderQty\":1}"
              .formatted(id, load.symbol(), (lane + number) % 2 == 0 ? "BUY" : "SELL");
      var draft = Json.read(request.getBytes(StandardCharsets.UTF_8), OrderRequest.class).draft();
      orders
          .handle(account, new OrderCommand.PlaceOrder(new ClOrdId(id), draft, id, "load"), id, id)
          .subscribe()
          .with(
              answer -> {
                if (answer instanceof Answer.Row) measured(System.nanoTime() - asked);
                else refused.incrementAndGet();
                order(account, lane, number + 1, done);
              },
              _ -> {
                refused.incrementAndGet();
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                    .execute(() -> order(account, lane, number + 1, done));
              });
    }

    private void measured(long latency) {
      placed.incrementAndGet();
      var index = next.getAndIncrement();
      if (index < nanos.length) nanos[index] = latency;
    }

    private Outcome outcome() {
      var took = Duration.ofNanos(System.nanoTime() - begin);
      var size = Math.min(placed.get(), nanos.length);
      Arrays.sort(nanos, 0, size);
      return new Outcome(
          placed.get(),
          refused.get(),
          placed.get() / (took.toNanos() / 1e9),
          size == 0 ? 0 : nanos[size / 2] / 1e6,
          size == 0 ? 0 : nanos[(int) (size * 0.99)] / 1e6);
    }
  }
}
