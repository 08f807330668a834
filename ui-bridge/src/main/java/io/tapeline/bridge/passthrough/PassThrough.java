package io.tapeline.bridge.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.http.Callers;
import io.tapeline.bridge.door.http.RequestGuard;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.contract.Json;
import io.tapeline.door.Scope;
import io.tapeline.service.Problem;
import io.tapeline.service.Traces;
import io.tapeline.timing.Timing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes REST calls on to the service that answers them: signed, and only for accounts the caller
 * was granted. Answers travel back unchanged, problems included.
 */
@ApplicationScoped
class PassThrough {
  private static final Logger LOG = Logger.getLogger(PassThrough.class);
  private static final long READ_LIMIT_MS = Duration.ofSeconds(30).toMillis();
  private static final long WRITE_LIMIT_MS = Duration.ofSeconds(10).toMillis();
  private static final int LARGEST_BODY = 64 * 1024;
  private static final String ORDER = "order";

  private static final List<String> PASSED_ON =
      List.of("Content-Type", "Accept", "Idempotency-Key", "If-None-Match");
  private static final List<String> PASSED_BACK =
      List.of(
          "Content-Type",
          "Cache-Control",
          "Content-Disposition",
          "ETag",
          "Location",
          "Retry-After",
          "X-Next-Cursor");

  private final InnerServices services;
  private final Doorkeeper doorkeeper;
  private final Timing timing;
  private final Traces traces;
  private final SingleFlight flights = new SingleFlight();

  @Inject
  PassThrough(InnerServices services, Doorkeeper doorkeeper, Timing timing, Traces traces) {
    this.services = services;
    this.doorkeeper = doorkeeper;
    this.timing = timing;
    this.traces = traces;
  }

  void register(@Observes Router router) {
    for (var path :
        List.of(
            "/api/accounts",
            "/api/accounts/*",
            "/api/instruments",
            "/api/instruments/*",
            "/api/quotes",
            "/api/bars",
            "/api/bars/*",
            "/api/alerts",
            "/api/alerts/*",
            "/api/replay",
            "/api/verify",
            "/api/venues/*")) router.route(path).handler(this::handle);
  }

  private void handle(RoutingContext call) {
    var route = Route.of(call.request().method().name(), call.normalizedPath());
    var caller = Callers.of(call);
    if (route == null) {
      refuse(call, Problem.of(Response.Status.NOT_FOUND, "UNKNOWN_PATH", "there is nothing here"));
    } else if (caller == null) {
      refuse(
          call,
          Problem.of(Response.Status.UNAUTHORIZED, "NOT_SIGNED_IN", "sign in or send a token"));
    } else if (!Scope.of(caller.scope()).includes(route.scope())) {
      refuse(
          call,
          Problem.of(
              Response.Status.FORBIDDEN,
              "NOT_ALLOWED",
              "this takes the scope " + route.scope().label(),
              Map.of("scope", route.scope().label())));
    } else {
      call.request().pause();
      doorkeeper
          .accountsOf(caller)
          .subscribe()
          .with(granted -> admit(call, route, caller, granted), e -> failed(call, route, e, false));
    }
  }

  private void admit(RoutingContext call, Route route, Caller caller, Set<String> granted) {
    var account = route.account();
    if (account != null && !granted.contains(account)) {
      call.request().resume();
      refuse(
          call,
          doorkeeper.isConfigured(account)
              ? Problem.of(
                  Response.Status.FORBIDDEN,
                  "ACCOUNT_NOT_GRANTED",
                  "account " + account + " was not granted to you",
                  Map.of("account", account))
              : Problem.of(
                  Response.Status.NOT_FOUND,
                  "UNKNOWN_ACCOUNT",
                  "there is no account " + account,
                  Map.of("account", account)));
      return;
    }
    if (route.isOurs()) {
      call.request().resume();
      call.next();
      return;
    }
    time(call, route);
    if (route.isHistory() && reads(call)) {
      call.request().resume();
      history(call, route, caller);
      return;
    }
    body(call)
        .onSuccess(
            body -> {
              if (body == null)
                refuse(
                    call,
                    Problem.of(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "TOO_LARGE",
                        "a body has at most " + LARGEST_BODY + " bytes"));
              else forward(call, route, caller, granted, body);
            })
        .onFailure(_ -> call.request().connection().close());
  }

  /** Until the last byte is written, each kind of call by itself. */
  private void time(RoutingContext call, Route route) {
    var name = call.request().method().name() + ' ' + route.label();
    var operation = timing.declare(name, "1s", "passed on to " + route.inner().label());
    long began = operation.now();
    call.addEndHandler(
        _ -> {
          long nanos = operation.now() - began;
          if (call.response().getStatusCode() < 500)
            operation.took(nanos, "request", requestId(call));
          else operation.failed(nanos);
          String order = call.get(ORDER);
          var account = route.account();
          if (order != null && account != null) traces.took(name, account, order, nanos);
        });
  }

  /** Which order a call is about, where somebody follows orders. */
  private void note(RoutingContext call, Route route, Buffer body) {
    if (!traces.isOn() || reads(call)) return;
    var path = call.normalizedPath();
    call.put(
        ORDER,
        route.label().endsWith("/orders/{id}")
            ? path.substring(path.lastIndexOf('/') + 1)
            : Traces.orderIn(body.getBytes()));
  }

  private static boolean reads(RoutingContext call) {
    return call.request().method().equals(HttpMethod.GET);
  }

  /** Asked once for all who ask the same; an answer that is known already is not sent again. */
  private void history(RoutingContext call, Route route, Caller caller) {
    var uri = call.request().uri();
    var scope = Scope.of(caller.scope());
    flights
        .of(
            uri,
            () ->
                services
                    .request(route.inner(), HttpMethod.GET, uri, caller.user(), scope)
                    .compose(
                        request ->
                            request
                                .putHeader(RequestGuard.REQUEST_ID, requestId(call))
                                .idleTimeout(READ_LIMIT_MS)
                                .send())
                    .compose(
                        response ->
                            response
                                .body()
                                .map(
                                    body ->
                                        new SingleFlight.Answer(
                                            response.statusCode(), response.headers(), body))))
        .onSuccess(answer -> answerHistory(call, answer))
        .onFailure(e -> failed(call, route, e, false));
  }

  private static void answerHistory(RoutingContext call, SingleFlight.Answer answer) {
    var out = call.response();
    if (out.closed() || out.ended()) return;
    var type = answer.headers().get(HttpHeaders.CONTENT_TYPE);
    if (type != null) out.putHeader(HttpHeaders.CONTENT_TYPE, type);
    out.setStatusCode(answer.status());
    // What is over may be corrected, but seldom is: worth asking whether it was.
    if (answer.status() == 200 && call.request().getParam("to") != null) {
      var tag = tag(answer.body());
      out.putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
      out.putHeader(HttpHeaders.ETAG, tag);
      if (tag.equals(call.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
        out.setStatusCode(304).end();
        return;
      }
    }
    out.end(answer.body());
  }

  private static String tag(Buffer body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String requestId(RoutingContext call) {
    return Objects.requireNonNull(call.get(RequestGuard.REQUEST_ID));
  }

  /** The whole body; null when it is too long. */
  private static Future<@Nullable Buffer> body(RoutingContext call) {
    var request = call.request();
    var whole = Buffer.buffer();
    var done = io.vertx.core.Promise.<@Nullable Buffer>promise();
    request.exceptionHandler(done::tryFail);
    request.handler(
        part -> {
          if (whole.length() + part.length() <= LARGEST_BODY) whole.appendBuffer(part);
          else done.tryComplete(null);
        });
    request.endHandler(_ -> done.tryComplete(whole));
    request.resume();
    return done.future();
  }

  private void forward(
      RoutingContext call, Route route, Caller caller, Set<String> granted, Buffer body) {
    note(call, route, body);
    var method = call.request().method();
    var user = route.isPersonal() ? doorkeeper.owner(caller) : caller.user();
    services
        .request(route.inner(), method, call.request().uri(), user, Scope.of(caller.scope()))
        .onFailure(e -> failed(call, route, e, false))
        .onSuccess(request -> send(call, route, granted, body, request));
  }

  private void send(
      RoutingContext call,
      Route route,
      Set<String> granted,
      Buffer body,
      HttpClientRequest request) {
    var method = call.request().method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    for (var name : PASSED_ON) {
      var value = call.request().getHeader(name);
      if (value != null) request.putHeader(name, value);
    }
    request.putHeader(RequestGuard.REQUEST_ID, requestId(call));
    request.idleTimeout(reads ? READ_LIMIT_MS : WRITE_LIMIT_MS);
    call.response().closeHandler(_ -> request.reset());
    var sent = body.length() == 0 && reads ? request.send() : request.send(body);
    sent.onFailure(e -> failed(call, route, e, true))
        .onSuccess(response -> answer(call, route, granted, response));
  }

  private void answer(
      RoutingContext call, Route route, Set<String> granted, HttpClientResponse response) {
    var out = call.response();
    out.setStatusCode(response.statusCode());
    for (var name : PASSED_BACK) {
      var value = response.getHeader(name);
      if (value != null) out.putHeader(name, value);
    }
    if (route.listsAccounts() && response.statusCode() == 200) {
      response
          .body()
          .map(body -> onlyGranted(body, granted))
          .onSuccess(out::end)
          .onFailure(e -> failed(call, route, e, true));
      return;
    }
    var length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && length.length() < 6 && !call.request().method().equals(HttpMethod.HEAD)) {
      // Small and of known size: one write, rather than one for the head and one for the rest.
      response.body().onSuccess(out::end).onFailure(_ -> out.reset());
      return;
    }
    if (length != null) out.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    else out.setChunked(true);
    response
        .pipeTo(out)
        .onFailure(
            e -> {
              LOG.debugf(e, "the answer of %s broke off", route.inner().label());
              out.reset();
            });
  }

  /** The list without the accounts of others. */
  private static Buffer onlyGranted(Buffer body, Set<String> granted) {
    try {
      var json = Json.MAPPER.readTree(body.getBytes());
      JsonNode items = json.isArray() ? json : json.path("items");
      if (items instanceof ArrayNode rows)
        for (var row = rows.iterator(); row.hasNext(); )
          if (!granted.contains(row.next().path("accountId").asText())) row.remove();
      return Buffer.buffer(Json.bytes(json));
    } catch (IOException e) {
      throw new IllegalStateException("no list of accounts", e);
    }
  }

  /**
   * @param sent whether the service may have received the call: then nobody knows what became of it
   */
  private static void failed(RoutingContext call, Route route, Throwable e, boolean sent) {
    var service = route.inner().label();
    LOG.warnf(e, "%s %s to %s failed", call.request().method(), route.label(), service);
    refuse(
        call,
        sent
            ? Problem.of(
                Response.Status.GATEWAY_TIMEOUT,
                "SERVICE_SILENT",
                service + " did not answer; what was asked may have been done",
                Map.of("service", service))
            : Problem.of(
                Response.Status.SERVICE_UNAVAILABLE,
                "SERVICE_DOWN",
                service + " cannot be reached; nothing was done",
                Map.of("service", service)));
  }

  private static void refuse(RoutingContext call, Problem problem) {
    if (call.response().ended() || call.response().headWritten()) return;
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }
}
