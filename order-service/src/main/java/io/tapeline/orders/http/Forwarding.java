package io.tapeline.orders.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tapeline.contract.Json;
import io.tapeline.model.AccountId;
import io.tapeline.orders.app.AccountDesks;
import io.tapeline.service.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call about an account of another replica on to its owner, with the caller's own token:
 * the owner checks it. One hop only, so that two replicas of different opinions do not play ball.
 */
@ApplicationScoped
class Forwarding {
  private static final String HOP = "X-Tapeline-Hop";
  private static final Pattern OF_ACCOUNT =
      Pattern.compile("/api/accounts/([A-Za-z0-9_-]{1,36})/.*");
  private static final List<String> PASSED_ON =
      List.of("Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id", "Accept");
  private static final int MOST_BODY_BYTES = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** After the check of the host's name, before everything else. */
  private static final int PRIORITY = 350;

  private final AccountDesks desks;
  private final Vertx vertx;
  private final HttpClient client;

  @Inject
  Forwarding(AccountDesks desks, Vertx vertx) {
    this.desks = desks;
    this.vertx = vertx;
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(2_000),
            new PoolOptions().setHttp1MaxSize(64));
  }

  void register(@Observes Filters filters) {
    filters.register(this::route, PRIORITY);
  }

  private void route(RoutingContext call) {
    var account = account(call.normalizedPath());
    if (account == null || !desks.knows(account) || desks.owns(account)) {
      call.next();
      return;
    }
    if (call.request().getHeader(HOP) != null) {
      unavailable(call, "the account is moving between replicas");
      return;
    }
    call.request().pause();
    var context = vertx.getOrCreateContext();
    desks
        .ownerUrl(account)
        .subscribe()
        .with(
            url -> context.runOnContext(_ -> decide(call, url)),
            failure ->
                context.runOnContext(_ -> unavailable(call, "the owner cannot be found now")));
  }

  private void decide(RoutingContext call, @Nullable String ownerUrl) {
    // the caller went away meanwhile
    if (call.response().closed()) return;
    if (ownerUrl == null || ownerUrl.equals(desks.ownUrl())) {
      unavailable(call, "the accounts are being taken over");
    } else {
      forward(call, ownerUrl);
    }
  }

  private void forward(RoutingContext call, String ownerUrl) {
    var request = call.request();
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(ownerUrl + request.uri())
            .setTimeout(PATIENCE.toMillis());
    options.putHeader(HOP, "1");
    for (var name : PASSED_ON) {
      var value = request.getHeader(name);
      if (value != null) options.putHeader(name, value);
    }
    request
        .body()
        .compose(
            body ->
                body.length() > MOST_BODY_BYTES
                    ? io.vertx.core.Future.failedFuture("the body is too large")
                    : client
                        .request(options)
                        .compose(out -> out.send(body))
                        .compose(
                            answer ->
                                answer
                                    .body()
                                    .map(
                                        bytes ->
                                            new Forwarded(
                                                answer.statusCode(),
                                                answer.getHeader("Content-Type"),
                                                bytes))))
        .onSuccess(answer -> answer.writeTo(call))
        .onFailure(_ -> unavailable(call, "the owner does not answer"));
    request.resume();
  }

  private record Forwarded(int status, @Nullable String contentType, Buffer body) {
    void writeTo(RoutingContext call) {
      var response = call.response().setStatusCode(status);
      if (contentType != null) response.putHeader("Content-Type", contentType);
      response.end(body);
    }
  }

  private static @Nullable AccountId account(String path) {
    var matcher = OF_ACCOUNT.matcher(path);
    return matcher.matches() ? new AccountId(matcher.group(1)) : null;
  }

  private static void unavailable(RoutingContext call, String why) {
    var problem =
        Problem.of(Status.SERVICE_UNAVAILABLE, "NOT_OWNER", why + "; ask again in a moment");
    call.request().resume();
    call.response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }
}
