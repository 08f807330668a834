package io.tapeline.bridge.fanout.app;

import io.tapeline.bridge.fanout.domain.Board;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.contract.FeedState;
import io.tapeline.contract.Json;
import io.tapeline.contract.MarketStatusRow;
import io.tapeline.service.TapelineConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The board of this process, and who wants to know that it changed. */
@Singleton // asked for every frame: without a proxy between
public class Fanout {
  private static final int EPOCH_BYTES = 8;

  private static final String TAPE = "tape";

  private final Board board;
  private final String epoch;
  private final List<WakeUp> wakeUps = new CopyOnWriteArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();
  private volatile BooleanSupplier backlogIsRead = () -> false;
  private volatile boolean caughtUp;

  /** Somebody who waits for changes. */
  public interface WakeUp {
    /**
     * Something changed. On the thread that changed it: the word must only be passed on.
     *
     * @param urgent it must not wait behind market data
     */
    void changed(boolean urgent);
  }

  @Inject
  Fanout(TapelineConfig config) {
    board = new Board(config.accounts().keySet());
    var random = new byte[EPOCH_BYTES];
    new SecureRandom().nextBytes(random);
    epoch = HexFormat.of().formatHex(random);
  }

  public Board board() {
    return board;
  }

  /** Names this process: cursors of another one mean nothing here. */
  public String epoch() {
    return epoch;
  }

  public void onChange(WakeUp wakeUp) {
    wakeUps.add(wakeUp);
  }

  /** Who can say whether the backlog of the tape has been read. */
  public void filledBy(BooleanSupplier backlogIsRead) {
    this.backlogIsRead = backlogIsRead;
  }

  /** Whether clients may be given a first picture: it has no holes from now on. */
  public boolean isCaughtUp() {
    if (!caughtUp) caughtUp = backlogIsRead.getAsBoolean();
    return caughtUp;
  }

  /** Whether anybody is connected. */
  public boolean hasClients() {
    return clients.get() > 0;
  }

  public void clientCame() {
    clients.incrementAndGet();
  }

  public void clientLeft() {
    clients.decrementAndGet();
  }

  /** Says on {@code status}, as of a venue called tape, whether the tape is heard. */
  public synchronized void tape(boolean silent) {
    var now = Instant.now();
    var row =
        new MarketStatusRow(
            TAPE,
            null,
            "OPEN",
            silent ? FeedState.DOWN : FeedState.LIVE,
            silent ? "TAPE_DOWN" : null,
            now,
            now,
            now,
            BigDecimal.ONE,
            null,
            null);
    board.put(ChannelName.STATUS, TAPE, Json.bytes(row), now.toEpochMilli());
    changed();
  }

  /** Says that the board changed. */
  public void changed() {
    for (var wakeUp : wakeUps) wakeUp.changed(false);
  }

  /** Says that something came for which nothing else may be waited. */
  public void urgent() {
    for (var wakeUp : wakeUps) wakeUp.changed(true);
  }
}
