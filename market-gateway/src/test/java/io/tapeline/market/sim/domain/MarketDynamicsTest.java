package io.tapeline.market.sim.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Bands for how the synthetic ES moves, wide enough for another seed. What was recorded lies in
 * them too, except where a comment says so.
 */
class MarketDynamicsTest {
  private final MarketDynamics moves = SyntheticShapes.dynamics("ES", 600);

  @Test
  void aPairOfBestPricesLivesForAFewTradesAndMostMovesAreTakenBack() {
    assertThat(moves.tradesAPrice()).isBetween(2.5, 7.0);
    assertThat(moves.bounces()).isBetween(0.55, 0.72);
  }

  @Test
  void aThinBestLevelIsSeldomFilledAgainBeforeItsPriceGoes() {
    assertThat(moves.refills().share()).isBetween(0.04, 0.2);
    assertThat(moves.refills().trades()).isBetween(1.5, 6.0);
  }

  /** What was recorded remembers longer: 0.57 after half a life, 0.42 after one. */
  @Test
  void theImbalanceLastsAndTheNextMoveGoesToTheThinnerSide() {
    assertThat(moves.memory(0.2)).isBetween(0.6, 0.85);
    assertThat(moves.memory(0.5)).isBetween(0.3, 0.65);
    assertThat(moves.memory(1)).isBetween(0.12, 0.5);
    assertThat(moves.towardsTheThin()).isBetween(0.63, 0.82);
  }

  @Test
  void tradesComeInClusters() {
    assertThat(moves.clustering(1)).isBetween(2.5, 10.0);
    assertThat(moves.clustering(10)).isBetween(4.0, 30.0);
    assertThat(moves.inARow(1)).isBetween(0.4, 0.6);
    assertThat(moves.sameSide()).isBetween(0.65, 0.82);
  }

  @Test
  void orderFlowIsThickestAtTheBestPriceAndAsMuchIsCanceledAsAdded() {
    for (int distance = 0; distance < 4; distance++) {
      assertThat(moves.canceledForEachAdded(distance)).isBetween(0.6, 1.4);
      if (distance > 0) assertThat(moves.churn(distance)).isLessThan(moves.churn(distance - 1));
    }
    assertThat(moves.churn(0)).isBetween(1.5, 6.0);
  }
}
