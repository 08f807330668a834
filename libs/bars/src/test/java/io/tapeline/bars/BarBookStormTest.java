package io.tapeline.bars;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random trades over nights, breaks, weekends and clock changes: late ones, corrected ones, ones
 * taken back, said twice, restarts and seeks. The bars are those of the naive reading.
 */
class BarBookStormTest {
  private static final SessionCalendar CALENDAR =
      SessionCalendar.parse("17:00-16:00 America/Chicago");
  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2024-03-10T06:30:00Z"), // an hour and a half before clocks go forward
          Instant.parse("2024-11-03T05:30:00Z"), // before they go back
          Instant.parse("2023-12-25T22:40:00Z"), // before an open
          Instant.parse("2023-12-29T21:30:00Z")); // the end of a week

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverComesTheBarsAreThoseOfTheTradesThatCount(long seed) {
    var storm = new Storm(seed);
    for (int i = 0; i < 600; i++) storm.step();
    storm.finish();
    for (var interval : Interval.STANDARD)
      assertThat(storm.contents(interval))
          .as("%s of seed %d", interval, seed)
          .isEqualTo(storm.naive.bars(interval));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyIntervalRolledUpIsThatOfTheTrades(long seed) {
    var storm = new Storm(seed);
    for (int i = 0; i < 200; i++) storm.step();
    storm.finish();
    for (var text : List.of("7s", "45s", "3m", "7m", "50m", "2h", "5h", "24h")) {
      var interval = Interval.parse(text);
      var rolled = new TreeMap<Instant, NaiveBars.Content>();
      var base = List.copyOf(storm.past.of("ESH4", interval.base()).values());
      for (var each : RollUp.into(interval, CALENDAR, base))
        if (!each.bar().isEmpty()) rolled.put(each.key().start(), NaiveBars.Content.of(each.bar()));
      assertThat(rolled).as("%s of seed %d", text, seed).isEqualTo(storm.naive.bars(interval));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRevisionNeverGoesBackAndAFinalBarNeverChangesWithoutOne(long seed) {
    var storm = new Storm(seed);
    for (int i = 0; i < 400; i++) storm.step();
    storm.finish();
    assertThat(storm.broken).isEmpty();
  }

  private static final class Storm {
    final NaiveBars naive = new NaiveBars();
    final BarsInMemory past = new BarsInMemory();
    final List<String> broken = new ArrayList<>();
    private final TreeMap<String, BarVersion> told = new TreeMap<>();
    private final Random random;
    private final List<Trade> said = new ArrayList<>();
    private BarBook book = new BarBook("ESH4", CALENDAR, past);
    private Instant now;
    private long id;
    private long pass;
    private Instant passFrom;

    Storm(long seed) {
      random = new Random(seed);
      now = STARTS.get(random.nextInt(STARTS.size()));
    }

    void step() {
      int dice = random.nextInt(100);
      if (dice < 80) {
        now = now.plusNanos(gap());
        trade(now);
      } else if (dice < 86) trade(now.minusNanos((long) (random.nextDouble() * 600e9)));
      else if (dice < 90) correct();
      else if (dice < 92) say(said.isEmpty() ? next(now) : said.getLast());
      else if (dice < 95) book.passed(now);
      else if (dice < 97) flush();
      else if (dice < 99) restart();
      else seek();
    }

    private long gap() {
      return switch (random.nextInt(20)) {
        case 0 -> (long) (random.nextDouble() * 7200e9);
        case 1, 2 -> (long) (random.nextDouble() * 90e9);
        default -> (long) (random.nextDouble() * 1.5e9);
      };
    }

    private void trade(Instant at) {
      say(next(at));
    }

    private Trade next(Instant at) {
      var px =
          new BigDecimal("-1.25")
              .add(new BigDecimal("0.25").multiply(new BigDecimal(random.nextInt(40))));
      return new Trade(++id, at, px, 1 + random.nextInt(9), pass, passFrom);
    }

    /** Of the last hundred trades: those are surely remembered one by one. */
    private void correct() {
      if (said.isEmpty()) return;
      var old = said.get(said.size() - 1 - random.nextInt(Math.min(100, said.size())));
      if (old.pass() != pass) return;
      var px = old.px().add(new BigDecimal("0.25"));
      var at = random.nextInt(4) == 0 ? old.at().plusMillis(700) : old.at();
      say(new Trade(old.id(), at, px, random.nextInt(3), pass, passFrom));
    }

    private void say(Trade trade) {
      long lost = book.lost();
      book.take(trade);
      if (book.lost() > lost) return; // it says itself that it cannot know what this corrects
      said.add(trade);
      naive.say(trade);
    }

    private void seek() {
      passFrom =
          now.minusSeconds(random.nextInt(3000) - 300L)
              .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
      pass++;
      now = passFrom;
      trade(now.plusNanos(gap()));
    }

    private void flush() {
      var changed = book.drain();
      for (var each : changed) {
        var key = each.key().interval() + " " + each.key().start();
        var before = told.put(key, each);
        if (before == null) continue;
        if (each.revision() < before.revision()) broken.add(key + " went back");
        boolean same = NaiveBars.Content.of(before.bar()).equals(NaiveBars.Content.of(each.bar()));
        if (before.isFinal() && each.revision() == before.revision() && !same)
          broken.add(key + " changed");
      }
      past.write(changed);
    }

    private void restart() {
      flush();
      var again = new BarBook("ESH4", CALENDAR, past);
      again.restore(book.progress(), past.newest("ESH4"));
      said.forEach(again::remember);
      book = again;
    }

    void finish() {
      book.end();
      flush();
    }

    Map<Instant, NaiveBars.Content> contents(Interval interval) {
      var contents = new TreeMap<Instant, NaiveBars.Content>();
      for (var each : past.of("ESH4", interval).values())
        if (!each.bar().isEmpty())
          contents.put(each.key().start(), NaiveBars.Content.of(each.bar()));
      return contents;
    }
  }
}
