package io.tapeline.market.dbn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.exchange.domain.MarketListener;
import io.tapeline.market.replay.domain.Replay;
import io.tapeline.market.replay.domain.ReplaySettings;
import io.tapeline.market.sim.domain.MarketDynamics;
import io.tapeline.market.sim.domain.MarketShapes;
import io.tapeline.market.sim.domain.SyntheticShapes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The synthetic ES beside the recorded one: shapes, for the recorded session is a thin holiday. */
class MarketShapesTest {
  private static final Instant OPEN = Instant.parse("2023-12-25T23:00:10Z");

  @Test
  void theSyntheticMarketHasTheShapesOfTheRecordedOne() {
    var recorded = recorded();
    var synthetic = SyntheticShapes.of("ES", 900);
    System.out.println(MarketShapes.sideBySide(recorded, synthetic));
    // One tick nearly always, and wider ones ever rarer.
    assertThat(synthetic.spreadShare(1)).isBetween(0.85, 1.0);
    assertThat(synthetic.spreadShare(2)).isLessThan(synthetic.spreadShare(1));
    assertThat(synthetic.spreadShare(3)).isLessThan(synthetic.spreadShare(2) / 20);
    // The touch is the thinnest level, those behind hold more.
    assertThat(recorded.depthAt(0)).isLessThan(1);
    assertThat(synthetic.depthAt(0)).isLessThan(1);
    // Most trades are small, few are many times the mean.
    assertThat(recorded.sizeAt(0.5)).isLessThanOrEqualTo(Math.round(recorded.meanSize()));
    assertThat(synthetic.sizeAt(0.5)).isLessThanOrEqualTo(Math.round(synthetic.meanSize()));
    assertThat(synthetic.sizeAt(0.9)).isBetween(recorded.sizeAt(0.9) / 2, recorded.sizeAt(0.9) * 2);
    assertThat(synthetic.sizeAt(0.99))
        .isBetween(recorded.sizeAt(0.99) * 4 / 5, recorded.sizeAt(0.99) * 5 / 4);
  }

  @Test
  void theSyntheticMarketMovesAsTheRecordedOneDoes() {
    var recorded = new MarketDynamics(OPEN);
    play(recorded);
    var synthetic = SyntheticShapes.dynamics("ES", 900);
    System.out.println(MarketDynamics.sideBySide(recorded, synthetic));
    var theirs = recorded.measures();
    var ours = synthetic.measures();
    for (int i = 0; i < ours.size(); i++)
      assertThat(ours.get(i).value() / theirs.get(i).value())
          .as(ours.get(i).what())
          .isBetween(0.4, 2.5);
  }

  private static MarketShapes recorded() {
    var shapes = new MarketShapes(OPEN);
    play(shapes);
    return shapes;
  }

  private static void play(MarketListener shown) {
    var catalogue = CatalogueReader.packaged();
    try (var replay =
        new Replay(
            List.of(DbnFile.open(Recorded.file(Recorded.ES_DAY))),
            symbol ->
                catalogue
                    .forRecorded(symbol, LocalDate.of(2023, 12, 25))
                    .map(contract -> contract.instrument()),
            ReplaySettings.whole("S"),
            shown,
            _ -> {})) {
      replay.start();
      while (!replay.isOver()) replay.advance();
    }
  }
}
