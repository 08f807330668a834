package io.tapeline.bridge.fanout.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.tapeline.bridge.absence.app.AbsenceWatch;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.http.Callers;
import io.tapeline.bridge.door.http.RequestGuard;
import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.app.LiveBars;
import io.tapeline.bridge.fanout.app.Snapshots;
import io.tapeline.bridge.fanout.domain.Codebook;
import io.tapeline.contract.Json;
import io.tapeline.service.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns a request for {@code /ws} into a client, if its sender may come in. */
@ApplicationScoped
class SocketRoute {
  private static final Logger LOG = Logger.getLogger(SocketRoute.class);

  private final Client.Shared shared;
  private final ConcurrentMap<Thread, ClientLoop> loops = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> connections = new ConcurrentHashMap<>();
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;

  @Inject
  SocketRoute(
      Vertx vertx,
      Fanout fanout,
      Snapshots snapshots,
      LiveBars bars,
      Doorkeeper doorkeeper,
      AbsenceWatch absence,
      FanoutConfig config,
      FanoutMeters meters) {
    var codebook = new Codebook(fanout.board(), new PackedRows());
    this.shared =
        new Client.Shared(
            vertx, fanout, snapshots, doorkeeper, bars, codebook, absence, config, meters);
    doorkeeper.onTakenAway(() -> clients.forEach(Client::takenAway));
  }

  void register(@Observes Router router) {
    router.route("/ws").handler(this::upgrade);
  }

  /** Before open connections are waited for: these would not end by themselves. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    leaving = true; // or they would come back at once
    for (var client : clients) client.leave();
  }

  private void upgrade(RoutingContext call) {
    var caller = Callers.of(call);
    var refusal = refusal(call.request(), caller);
    if (caller == null || refusal != null) {
      refuse(call, refusal == null ? notSignedIn() : refusal);
      return;
    }
    call.request().pause();
    shared
        .doorkeeper()
        .accountsOf(caller)
        .subscribe()
        .with(
            granted -> admit(call, caller, granted),
            e -> {
              LOG.error("grants not read", e);
              refuse(
                  call,
                  Problem.of(
                      Response.Status.SERVICE_UNAVAILABLE, "NOT_READY", "try again in a moment"));
            });
  }

  private @Nullable Problem refusal(HttpServerRequest request, @Nullable Caller caller) {
    if (caller == null) return notSignedIn();
    if (!RequestGuard.isSameOrigin(request))
      return Problem.of(
          Response.Status.FORBIDDEN, "WRONG_ORIGIN", "this page is not one of the desk");
    if (!offers(request))
      return Problem.of(
          Response.Status.BAD_REQUEST,
          "UNKNOWN_SUBPROTOCOL",
          "this is a WebSocket of " + String.join(" and ", Subprotocol.labels()));
    if (leaving)
      return Problem.of(
          Response.Status.SERVICE_UNAVAILABLE, "GOING_AWAY", "this bridge is stopping");
    if (!shared.fanout().isCaughtUp())
      return Problem.of(
          Response.Status.SERVICE_UNAVAILABLE, "NOT_READY", "the tape is still being read");
    return null;
  }

  private static Problem notSignedIn() {
    return Problem.of(
        Response.Status.UNAUTHORIZED, "NOT_SIGNED_IN", "sign in or send a valid token");
  }

  private static boolean offers(HttpServerRequest request) {
    var offered = request.getHeader("Sec-WebSocket-Protocol");
    return offered != null
        && Arrays.stream(offered.split(",", -1))
            .map(String::strip)
            .anyMatch(Subprotocol.labels()::contains);
  }

  private void admit(RoutingContext call, Caller caller, Set<String> granted) {
    int most = shared.config().connectionsPerUser();
    if (connections.merge(caller.user(), 1, Integer::sum) > most) {
      leave(caller);
      refuse(
          call,
          Problem.of(
              Response.Status.TOO_MANY_REQUESTS,
              "TOO_MANY_CONNECTIONS",
              "you have " + most + " connections already"));
      return;
    }
    call.request()
        .toWebSocket()
        .onSuccess(socket -> open(socket, caller, granted))
        .onFailure(
            e -> {
              leave(caller);
              LOG.debugf("no WebSocket: %s", e.getMessage());
            });
  }

  private void open(ServerWebSocket socket, Caller caller, Set<String> granted) {
    var loop = loops.computeIfAbsent(Thread.currentThread(), _ -> newLoop());
    var client = new Client(socket, caller, granted, loop, shared);
    clients.add(client);
    loop.add(client);
    shared.fanout().clientCame();
    shared.meters().opened();
    socket.exceptionHandler(client::failed);
    socket.closeHandler(
        _ -> {
          loop.remove(client);
          client.gone();
          shared.fanout().clientLeft();
          clients.remove(client);
          leave(caller);
          shared.meters().closed();
        });
  }

  private ClientLoop newLoop() {
    var loop =
        new ClientLoop(shared.vertx(), shared.fanout().epoch(), shared.codebook(), shared.meters());
    shared.fanout().onChange(loop::wake);
    return loop;
  }

  private void leave(Caller caller) {
    connections.computeIfPresent(caller.user(), (_, open) -> open == 1 ? null : open - 1);
  }

  private static void refuse(RoutingContext call, Problem problem) {
    call.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }
}
