package io.tapeline.bridge.inner;

import io.tapeline.door.Scope;
import io.tapeline.service.Door;
import io.tapeline.service.TapelineConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One connection pool to the services behind the bridge. Every call is signed with the
 * installation's secret and names the user it is made for.
 */
@ApplicationScoped
public class InnerServices {
  private static final int CONNECT_MS = 1_000;
  private static final int CONNECTIONS_PER_SERVICE = 64;
  private static final int MOST_WAITING = 1_000;

  /** Half the life of a token: one that is sent is good for as long again. */
  private static final long TOKEN_NANOS = Duration.ofSeconds(25).toNanos();

  private static final int MOST_TOKENS = 10_000;

  private final TapelineConfig.Services services;
  private final Door door;
  private final HttpClient http;
  private final ConcurrentMap<String, Signed> tokens = new ConcurrentHashMap<>();

  private record Signed(String token, long atNanos) {}

  @Inject
  InnerServices(Vertx vertx, TapelineConfig config, Door door) {
    this.services = config.services();
    this.door = door;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxPoolSize(CONNECTIONS_PER_SERVICE)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setKeepAliveTimeout(30)
                .setTcpNoDelay(true));
  }

  /**
   * A request to the service, signed and not yet sent; it fails before sending if the service is
   * down.
   */
  public Future<HttpClientRequest> request(
      InnerService service, HttpMethod method, String uri, String user, Scope scope) {
    var at = address(service);
    var options =
        new RequestOptions()
            .setMethod(method)
            .setHost(at.getHost())
            .setPort(at.getPort() < 0 ? 80 : at.getPort())
            .setURI(uri)
            .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token(user, scope));
    return http.request(options);
  }

  /** The body of a 200 answer to a GET in the name of the bridge itself. */
  public Future<Buffer> get(InnerService service, String uri, Duration limit) {
    return request(service, HttpMethod.GET, uri, "ui-bridge", Scope.READ)
        .compose(
            request ->
                request
                    .idleTimeout(limit.toMillis())
                    .send()
                    .compose(
                        response ->
                            response.statusCode() == 200
                                ? response.body()
                                : Future.failedFuture(
                                    service.label() + " answered " + response.statusCode())));
  }

  private URI address(InnerService service) {
    return switch (service) {
      case ORDERS -> services.orders();
      case POSITIONS -> services.positions();
      case MARKET -> services.market();
    };
  }

  private String token(String user, Scope scope) {
    var name = scope.label() + ' ' + user;
    long now = System.nanoTime();
    var known = tokens.get(name);
    if (known != null && now - known.atNanos() < TOKEN_NANOS) return known.token();
    if (tokens.size() >= MOST_TOKENS) tokens.clear();
    var signed = new Signed(door.mint(user, scope), now);
    tokens.put(name, signed);
    return signed.token();
  }
}
