package io.tapeline.market.sim.domain;

import java.util.function.Consumer;

/**
 * Says where trailing stops stand: at once when one moves, then at most every second of venue time,
 * the last level always.
 */
final class TrailedLevels {
  private static final long EVERY_MICROS = 1_000_000;

  private final Agenda agenda;
  private final Consumer<DeskOrder> tell;

  TrailedLevels(Agenda agenda, Consumer<DeskOrder> tell) {
    this.agenda = agenda;
    this.tell = tell;
  }

  void moved(DeskOrder stop, long now) {
    if (!stop.levelIsTold) return;
    stop.levelIsTold = false;
    long at = Math.max(now, stop.levelToldAt + EVERY_MICROS);
    agenda.at(
        at,
        () -> {
          stop.levelIsTold = true;
          stop.levelToldAt = at;
          tell.accept(stop);
        });
  }
}
