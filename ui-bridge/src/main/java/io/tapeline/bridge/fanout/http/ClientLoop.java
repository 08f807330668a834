package io.tapeline.bridge.fanout.http;

import io.tapeline.bridge.fanout.domain.BinaryFrame;
import io.tapeline.bridge.fanout.domain.Codebook;
import io.tapeline.bridge.fanout.domain.Frame;
import io.tapeline.bridge.fanout.domain.Stamp;
import io.tapeline.bridge.fanout.domain.TextFrame;
import io.tapeline.contract.WireTime;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The clients of one event loop. Everything here runs on that loop, except {@link #wake(boolean)}:
 * so no client needs a lock, and no write changes threads.
 */
final class ClientLoop {
  /** Changes that come this close together share a pass. */
  private static final long PASS_GAP_MICROS = 2_000;

  /**
   * A pass that takes longer goes on after what else waits on the loop. So clients that are due at
   * the same moment are spread over their window, rather than written to in one burst.
   */
  private static final long SLICE_MICROS = 2_000;

  /** Everybody's turn comes every five seconds, and not everybody's at the same moment. */
  private static final int SWEEPS = 20;

  private static final long SWEEP_MS = 5_000 / SWEEPS;
  private static final long NEVER = Long.MAX_VALUE;

  private final Vertx vertx;
  private final Context context;
  private final Frame text;
  private final Frame binary;
  private final FanoutMeters meters;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean urgent;
  private long lastPass;
  private long timer = -1;
  private long timerDue = NEVER;
  private int next;
  private int sweeps;
  private boolean cut;

  /** Must be made on the loop that it is for. */
  ClientLoop(Vertx vertx, String epoch, Codebook codebook, FanoutMeters meters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.text = new TextFrame(epoch);
    this.binary = new BinaryFrame(epoch, codebook);
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
  void wake(boolean mustNotWait) {
    if (mustNotWait) urgent = true;
    if (woken.compareAndSet(false, true)) context.runOnContext(_ -> soon());
  }

  /** Something changed for a client of this loop, on this loop. */
  void soon() {
    if (cut) return; // a pass is under way
    if (urgent || lastPass + PASS_GAP_MICROS <= micros()) pass();
    else arm(lastPass + PASS_GAP_MICROS);
  }

  private void pass() {
    woken.set(false);
    long began = meters.flush().now();
    long now = micros();
    lastPass = now;
    var stamp = stamp();
    long due = NEVER;
    int left = clients.size();
    do {
      due = Math.min(due, hurry(stamp, now));
      if (left == 0 || clients.isEmpty()) break;
      // goes on where the last one was cut off: nobody is always served last
      next = (next + 1) % clients.size();
      due = Math.min(due, flush(clients.get(next), stamp, now));
      left--;
    } while (left > 0 && micros() - now < SLICE_MICROS);
    if (due != NEVER) arm(Math.max(due, now + 1_000));
    cut = left > 0;
    if (cut) context.runOnContext(_ -> goOn());
    meters.flush().took(meters.flush().now() - began);
  }

  private void goOn() {
    cut = false;
    pass();
  }

  /** Orders, fills and notices are sent before any more market data. */
  private long hurry(Stamp stamp, long now) {
    if (!urgent) return NEVER;
    urgent = false;
    long due = NEVER;
    for (int i = 0; i < clients.size(); i++) {
      var client = clients.get(i);
      if (client.isUrgent(now)) due = Math.min(due, flush(client, stamp, now));
    }
    return due;
  }

  private long flush(Client client, Stamp stamp, long now) {
    return client.flush(client.isBinary() ? binary : text, stamp, now);
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
    var all = List.copyOf(clients); // whoever is thrown out leaves the list
    for (int i = sweeps++ % SWEEPS; i < all.size(); i += SWEEPS) all.get(i).sweep(micros());
  }

  static Stamp stamp() {
    var now = Instant.now();
    return new Stamp(
        now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000,
        WireTime.text(now).getBytes(StandardCharsets.US_ASCII));
  }

  static long micros() {
    return System.nanoTime() / 1_000;
  }
}
