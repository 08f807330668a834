package io.tapeline.positions.http;

import io.tapeline.contract.Json;
import io.tapeline.contract.UnreadableRecordException;
import io.tapeline.door.Scope;
import io.tapeline.model.AccountId;
import io.tapeline.positions.app.OrdersSide;
import io.tapeline.service.Door;
import io.tapeline.service.TapelineConfig;
import io.tapeline.timing.TimeApiCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** order-service, asked from a thread that may wait. */
@ApplicationScoped
class OrderServiceClient implements OrdersSide {
  private static final Logger LOG = Logger.getLogger(OrderServiceClient.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Door door;
  private final URI base;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  @Inject
  OrderServiceClient(Door door, TapelineConfig config) {
    this.door = door;
    base = config.services().orders();
  }

  @Override
  @TimeApiCall(
      name = "verify_orders",
      threshold = "30s",
      what = "order-service asked to fold an account again")
  public Optional<Found> verify(AccountId accountId) {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/accounts/" + accountId.value() + "/verify"))
            .header("Authorization", "Bearer " + door.mint("position-service", Scope.READ))
            .timeout(PATIENCE)
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) return Optional.of(Json.read(answer.body(), Found.class));
      LOG.warnf("order-service verifies nothing of %s: %d", accountId, answer.statusCode());
    } catch (IOException | UnreadableRecordException e) {
      LOG.warnf("order-service verifies nothing of %s: %s", accountId, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  @TimeApiCall(
      name = "tell_again",
      threshold = "30s",
      what = "order-service asked to tell an account's journal to the tape again")
  public boolean tellAgain(AccountId accountId, long from) {
    var request =
        HttpRequest.newBuilder(
                base.resolve(
                    "/api/accounts/%s/tell-again?from=%d".formatted(accountId.value(), from)))
            .header("Authorization", "Bearer " + door.mint("position-service", Scope.ADMIN))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var answer = client.send(request, BodyHandlers.discarding());
      if (answer.statusCode() == 200) return true;
      LOG.warnf("order-service tells nothing of %s again: %d", accountId, answer.statusCode());
    } catch (IOException e) {
      LOG.warnf("order-service tells nothing of %s again: %s", accountId, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
