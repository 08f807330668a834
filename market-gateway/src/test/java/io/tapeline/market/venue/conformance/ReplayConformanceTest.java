package io.tapeline.market.venue.conformance;

import io.tapeline.market.dbn.DbnWriter;
import io.tapeline.market.venue.PracticeVenues;
import io.tapeline.market.venue.ReplayConfig;
import io.tapeline.market.venue.ReplayVenue;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The recorded market, standing at the end of a recording of one book. */
class ReplayConformanceTest extends VenueConformance {
  private static final Symbol ES = new Symbol("ESH4");
  private static final int ID = 17077;
  @TempDir Path directory;

  private record Config(
      Optional<List<Path>> files,
      String speed,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean keepGaps,
      boolean startHeld)
      implements ReplayConfig {}

  @Override
  Talk open() throws Exception {
    var config =
        new Config(
            Optional.of(List.of(recording())),
            "max",
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    var tickValue = new Money(new BigDecimal("12.50"), Currency.getInstance("USD"));
    var instrument = new Instrument(ES, new BigDecimal("0.25"), tickValue);
    var venue =
        new ReplayVenue(
            "replay",
            config,
            symbol -> symbol.equals(ES) ? Optional.of(instrument) : Optional.empty(),
            _ -> {},
            new ForgetfulMemory(),
            () -> true);
    return new Talk(PracticeVenues.behindALine(venue, faults(), _ -> {}), ES, faults());
  }

  @Override
  Price low() {
    return new Price(16_000);
  }

  private Path recording() throws IOException {
    var writer = new DbnWriter(1, DbnWriter.MBO).symbol("ESH4", ID);
    var start = Instant.parse("2023-12-25T23:00:00Z");
    long ts = start.getEpochSecond() * 1_000_000_000L;
    for (int level = 0; level < 3; level++) {
      var step = level * DbnWriter.price("0.25");
      writer.mbo(ID, ts, 'A', 'B', 10 + level, DbnWriter.price("4799.75") - step, 50, 128);
      writer.mbo(ID, ts, 'A', 'A', 20 + level, DbnWriter.price("4800.00") + step, 50, 128);
    }
    return writer.to(directory.resolve("book.dbn.zst"));
  }
}
