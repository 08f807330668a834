package io.tapeline.positions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.positions.domain.Drift.Counted;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final List<Counted> NEWEST_FIRST =
      List.of(new Counted("D", -1), new Counted("C", 2), new Counted("B", 5), new Counted("A", 3));

  @Test
  void theNewestExecutionsTheVenueDoesNotCountExplainIt() {
    assertThat(Drift.explained(9, 8, NEWEST_FIRST)).containsExactly("D", "C");
  }

  @Test
  void elseTheOneThatMakesTheDifference() {
    assertThat(Drift.explained(9, 4, NEWEST_FIRST)).containsExactly("B");
  }

  @Test
  void elseNothingDoes() {
    assertThat(Drift.explained(9, 100, NEWEST_FIRST)).isEmpty();
  }
}
