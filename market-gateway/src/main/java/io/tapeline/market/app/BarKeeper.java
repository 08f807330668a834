package io.tapeline.market.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.bars.BarBook;
import io.tapeline.bars.BarKey;
import io.tapeline.bars.BarVersion;
import io.tapeline.bars.Past;
import io.tapeline.contract.TradePrint;
import io.tapeline.market.store.BarStore;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.ReplayState;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bars of a venue from its trades on the tape, so that bars are what the tape says and a
 * restart takes up where they were written. Bars, how far the tape is in them, and the final ones
 * still to be told are one write. One thread.
 */
final class BarKeeper implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(BarKeeper.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long FORMING_EVERY = Duration.ofMillis(250).toNanos();

  /** Bars longer than a minute are said in the making every so many times only. */
  private static final int LONG_ONES_EVERY = 5;

  private static final long SHORT_ONES = 60;
  private static final long WRITE_FINAL_EVERY = Duration.ofMillis(200).toNanos();
  private static final long WRITE_EVERY = Duration.ofSeconds(1).toNanos();
  private static final int MOST_UNWRITTEN = 4_000;
  private static final int REMEMBERED = 20_000;

  /** So long nothing came, and a trade that is still missing was lost on the way. */
  private static final long LOST_AFTER = Duration.ofSeconds(5).toNanos();

  /** How long a trade may take to come back from the tape before its bar is called final. */
  private static final long ON_THE_WAY = Duration.ofMillis(300).toNanos();

  private static final Duration STOP = Duration.ofSeconds(10);

  private final LeaseTerm term;
  private final BarStore store;
  private final Prints prints;
  private final Tape tape;
  private final Instruments instruments;
  private final Supplier<Instant> venueTime;
  private final Supplier<VenueState> venueState;
  private final ToLongFunction<String> printed;
  private final AlertWatch alerts;
  private final Past past;
  private final Counter finals;
  private final Counter strangers;
  private final Thread thread = Thread.ofPlatform().daemon().name("bars").unstarted(this::work);

  /** What is newer than the table, for those who ask. */
  private final Map<BarKey, BarVersion> live = new ConcurrentHashMap<>();

  private final Map<String, BarBook> books = new HashMap<>();
  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Map<Integer, Long> resumeAt = new HashMap<>();
  private final Map<Integer, Long> behind = new HashMap<>();
  private final Map<String, BarBook.Progress> known = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private final ArrayDeque<Passed> passed = new ArrayDeque<>();
  private final List<CompletionStage<Void>> untold = new ArrayList<>();
  private long formedAt;
  private long formed;
  private long writtenAt;
  private long endedSince;
  private long cameAt;
  private volatile boolean closing;

  /** The venue's time as it was seen at a moment of our own clock. */
  private record Passed(long at, Instant venueTime) {}

  BarKeeper(
      LeaseTerm term,
      BarStore store,
      Prints prints,
      Tape tape,
      Instruments instruments,
      Supplier<Instant> venueTime,
      Supplier<VenueState> venueState,
      ToLongFunction<String> printed,
      AlertWatch alerts,
      MeterRegistry meters) {
    this.term = term;
    this.store = store;
    this.prints = prints;
    this.tape = tape;
    this.instruments = instruments;
    this.venueTime = venueTime;
    this.venueState = venueState;
    this.printed = printed;
    this.alerts = alerts;
    this.past = store.past(term);
    finals = meters.counter("tapeline.bars.final");
    strangers = meters.counter("tapeline.bars.unknown.contract");
  }

  void start() {
    thread.start();
  }

  /** What is known of a contract's bars beyond the table. */
  List<BarVersion> live(String symbol) {
    return live.values().stream().filter(each -> each.bar().symbol().equals(symbol)).toList();
  }

  private void work() {
    for (long pause = 200; !closing; pause = Math.min(5_000, pause * 2)) {
      try {
        keep();
        return;
      } catch (VenueLostException e) {
        LOG.infof("bars of %s: %s", term.venue(), e.getMessage());
        return;
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf(e, "bars of %s: taking up again", term.venue());
        if (!rest(pause)) return;
      }
    }
  }

  private void keep() throws InterruptedException {
    forget();
    var taken = store.taken(term.venue());
    known.putAll(taken.symbols());
    resumeAt.putAll(taken.offsets());
    offsets.putAll(taken.offsets());
    tell(taken.outbox());
    alerts.begin();
    try (var reading = prints.from(taken.offsets(), REMEMBERED)) {
      behind.putAll(reading.ends());
      behind.entrySet().removeIf(end -> offsets.getOrDefault(end.getKey(), 0L) >= end.getValue());
      cameAt = System.nanoTime();
      while (!closing) turn(reading);
      turn(reading);
      write();
    }
  }

  private void forget() {
    books.clear();
    offsets.clear();
    resumeAt.clear();
    behind.clear();
    known.clear();
    touched.clear();
    live.clear();
    untold.clear();
    passed.clear();
  }

  private void turn(Prints.Reading reading) throws InterruptedException {
    see();
    var came = reading.poll(POLL);
    for (var each : came) take(each);
    alerts.settle();
    if (came.isEmpty()) finish();
    else cameAt = System.nanoTime();
    long now = System.nanoTime();
    if (now - formedAt >= FORMING_EVERY) {
      formedAt = now;
      long upTo = ++formed % LONG_ONES_EVERY == 0 ? Long.MAX_VALUE : SHORT_ONES;
      for (var book : books.values())
        for (var bar : book.touched(upTo)) tape.forming(BarRows.row(bar, term.venue()));
    }
    if (isDue(now)) write();
  }

  private void take(Prints.Read read) {
    var print = read.print();
    var resume = resumeAt.get(read.partition());
    if (read.offset() + 1 >= behind.getOrDefault(read.partition(), Long.MAX_VALUE))
      behind.remove(read.partition());
    boolean again = resume != null && read.offset() < resume;
    if (!again) offsets.put(read.partition(), read.offset() + 1);
    if (print == null || !term.venue().equals(print.venue())) return;
    if (!again) alerts.see(print);
    var book = book(print);
    if (book == null) return;
    if (again) {
      book.remember(BarRows.trade(print));
      return;
    }
    book.take(BarRows.trade(print));
    touched.add(print.symbol());
  }

  private @Nullable BarBook book(TradePrint print) {
    var known = books.get(print.symbol());
    return known != null ? known : open(print.symbol());
  }

  private @Nullable BarBook open(String symbol) {
    var session = instruments.session(new Symbol(symbol));
    if (session.isEmpty()) {
      strangers.increment();
      return null;
    }
    var book = new BarBook(symbol, session.get(), past);
    var progress = known.get(symbol);
    if (progress != null) book.restore(progress, store.newest(term.venue(), symbol));
    books.put(symbol, book);
    return book;
  }

  /** Notes the venue's time: what was traded by then is on the tape a moment later. */
  private void see() {
    long now = System.nanoTime();
    passed.addLast(new Passed(now, venueTime.get()));
    while (passed.size() > 1 && now - second().at() > ON_THE_WAY) passed.removeFirst();
    if (!hasEnded()) endedSince = now;
  }

  private Passed second() {
    var each = passed.iterator();
    each.next();
    return each.next();
  }

  /** Nothing comes just now: what ended a moment ago is final, where all of it was taken. */
  private void finish() {
    long now = System.nanoTime();
    if (!isTakenWhole(now)) return;
    if (now - endedSince > ON_THE_WAY) {
      for (var book : books.values()) book.end();
    } else if (now - passed.getFirst().at() > ON_THE_WAY) {
      // A replay may have been wound back meanwhile: the earliest of what was seen counts.
      var moment =
          passed.stream().map(Passed::venueTime).min(Instant::compareTo).orElse(Instant.MIN);
      for (var book : books.values()) if (!book.nextEnd().isAfter(moment)) book.passed(moment);
    }
    for (var entry : books.entrySet())
      if (entry.getValue().waiting() > 0) touched.add(entry.getKey());
  }

  /**
   * A pause of the tape does not mean that it ends there: at full speed it is seconds behind what
   * was printed. A bar called final too early would be revised by every trade that follows.
   */
  private boolean isTakenWhole(long now) {
    if (now - cameAt > LOST_AFTER) return true;
    if (!behind.isEmpty()) return false;
    for (var book : books.entrySet())
      if (book.getValue().progress().lastId() < printed.applyAsLong(book.getKey())) return false;
    return true;
  }

  private boolean hasEnded() {
    var reason = venueState.get().reason();
    return ReplayState.Phase.ENDED.name().equals(reason)
        || ReplayState.Phase.FAILED.name().equals(reason);
  }

  private boolean isDue(long now) {
    int waiting = 0;
    for (var symbol : touched) waiting += waiting(symbol);
    if (waiting == 0) return false;
    boolean anyFinal = books.values().stream().anyMatch(BarBook::hasFinal);
    return waiting > MOST_UNWRITTEN
        || now - writtenAt > (anyFinal ? WRITE_FINAL_EVERY : WRITE_EVERY);
  }

  private int waiting(String symbol) {
    var book = books.get(symbol);
    return book == null ? 0 : book.waiting();
  }

  private void write() throws InterruptedException {
    writtenAt = System.nanoTime();
    var changed = new ArrayList<BarVersion>();
    var progress = new HashMap<String, BarBook.Progress>();
    for (var symbol : touched) {
      var book = books.get(symbol);
      if (book == null) continue;
      changed.addAll(book.drain());
      progress.put(symbol, book.progress());
    }
    touched.clear();
    if (changed.isEmpty()) return;
    changed.forEach(each -> live.put(each.key(), each));
    var done = changed.stream().filter(BarVersion::isFinal).toList();
    awaitTold();
    writeSurely(new BarStore.Taken(Map.copyOf(offsets), progress, done), changed);
    for (var each : done) live.remove(each.key(), each);
    tell(done);
  }

  /** Bars wait for the database as long as the venue is ours: the tape keeps the trades. */
  private void writeSurely(BarStore.Taken taken, List<BarVersion> changed)
      throws InterruptedException {
    for (long pause = 50; ; pause = Math.min(2_000, pause * 2)) {
      try {
        store.write(term, taken, changed);
        return;
      } catch (VenueLostException e) {
        throw e;
      } catch (RuntimeException e) {
        if (closing) throw e;
        LOG.warnf("bars of %s cannot be written now: %s", term.venue(), e.getMessage());
        Thread.sleep(pause);
      }
    }
  }

  private void tell(Collection<BarVersion> done) {
    for (var each : done) {
      finals.increment();
      untold.add(tape.bar(BarRows.row(each, term.venue())));
    }
  }

  /** The next write forgets what was to be told: it must be told by then. */
  private void awaitTold() throws InterruptedException {
    try {
      CompletableFuture.allOf(
              untold.stream()
                  .map(CompletionStage::toCompletableFuture)
                  .toArray(CompletableFuture[]::new))
          .get();
    } catch (java.util.concurrent.ExecutionException e) {
      LOG.warnf("a bar was not told: %s", e.getMessage());
    }
    untold.clear();
  }

  private static boolean rest(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive() && !thread.join(STOP)) thread.interrupt();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
