package io.tapeline.bridge.fanout.http;

import io.tapeline.bridge.fanout.domain.Frame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The clients of one event loop. Everything here runs on that loop, except {@link #wake()}: so no
 * client needs a lock, and no write changes threads.
 */
final class ClientLoop {
  /** Changes that come this close together share a pass. */
  private static final long PASS_GAP_MICROS = 4_000;

  private static final long SWEEP_MS = 5_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final Context context;
  private final Frame frame;
  private final FanoutMeters meters;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private long lastPass;
  private long timer = -1;
  private long timerDue = NEVER;
  private int first;

  /** Must be made on the loop that it is for. */
  ClientLoop(Vertx vertx, String epoch, FanoutMeters meters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.frame = new Frame(epoch);
    this.meters = meters;
    lastPass = micros() - PASS_GAP_MICROS;
    vertx.setPeriodic(SWEEP_MS, _ -> sweep());
  }

  void add(Client client) {
    clients.add(client);
  }

  void remove(Client client) {
    clients.remove(client);
  }

  /** Something changed. From any thread; a hundred calls in a row cost one pass. */
  void wake() {
    if (woken.compareAndSet(false, true)) context.runOnContext(_ -> soon());
  }

  /** Something changed for a client of this loop, on this loop. */
  void soon() {
    long wait = lastPass + PASS_GAP_MICROS - micros();
    if (wait <= 0) pass();
    else arm(lastPass + PASS_GAP_MICROS);
  }

  private void pass() {
    woken.set(false);
    long began = meters.flush().now();
    long now = micros();
    lastPass = now;
    var wall = Instant.now();
    var time = time(wall);
    long next = NEVER;
    first++; // nobody is always served last
    for (int i = 0; i < clients.size(); i++) {
      var client = clients.get(Math.floorMod(first + i, clients.size()));
      next = Math.min(next, client.flush(frame, time, now, wall.toEpochMilli()));
    }
    if (next != NEVER) arm(Math.max(next, now + 1_000));
    meters.flush().took(meters.flush().now() - began);
  }

  private void arm(long due) {
    if (timer >= 0 && timerDue <= due) return;
    if (timer >= 0) vertx.cancelTimer(timer);
    timerDue = due;
    long wait = Math.max(1, (due - micros() + 999) / 1_000);
    timer =
        vertx.setTimer(
            wait,
            _ -> {
              timer = -1;
              timerDue = NEVER;
              pass();
            });
  }

  private void sweep() {
    for (var client : List.copyOf(clients)) client.sweep(micros());
  }

  static byte[] time(Instant instant) {
    return MICROS.format(instant).getBytes(StandardCharsets.US_ASCII);
  }

  static long micros() {
    return System.nanoTime() / 1_000;
  }
}
