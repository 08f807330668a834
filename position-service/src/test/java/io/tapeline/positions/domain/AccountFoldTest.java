package io.tapeline.positions.domain;

import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.positions.domain.Contracts.ES;
import static io.tapeline.positions.domain.Contracts.ZN;
import static io.tapeline.positions.domain.Contracts.contract;
import static io.tapeline.positions.domain.Contracts.executed;
import static io.tapeline.positions.domain.Contracts.named;
import static io.tapeline.positions.domain.Contracts.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Contradiction;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountFoldTest {
  private static final Executions NONE = new Executions();
  private static final AccountFold EMPTY = AccountFold.empty(new AccountId("PRACTICE"));

  @Test
  void aFillMovesThePositionAndTheSeqTogether() {
    var fold = fold(named(1, ES), nothing(2), executed(3, ES, BUY, 2, "4800.00"));

    assertThat(fold.seq()).isEqualTo(3);
    assertThat(fold.positions().get(ES.symbol()).netQty()).isEqualTo(2);
  }

  @Test
  void aRepeatedLineChangesNothing() {
    var fold = fold(named(1, ES), executed(2, ES, BUY, 2, "4800.00"));

    assertThat(fold.step(executed(2, ES, BUY, 2, "4800.00"), NONE)).isEqualTo(new Repeated());
    assertThat(fold.step(named(1, ES), NONE)).isEqualTo(new Repeated());
  }

  @Test
  void aMissingLineIsAGapThatNamesIt() {
    var fold = fold(named(1, ES), nothing(2));

    assertThat(fold.step(executed(4, ES, BUY, 2, "4800.00"), NONE)).isEqualTo(new Gap(3, 4));
  }

  @Test
  void aFillOfAContractNobodyNamedCannotBePriced() {
    assertThat(fold(named(1, ES)).step(executed(2, ZN, BUY, 1, "110.00"), NONE))
        .isInstanceOfSatisfying(
            Contradicted.class,
            step -> assertThat(step.why()).isEqualTo(Contradiction.UNKNOWN_CONTRACT));
  }

  @Test
  void aContractsNumbersNeverChange() {
    var fold = fold(named(1, ES), named(2, contract("ESH4", "0.250", "12.5")));

    assertThat(fold.step(named(3, contract("ESH4", "0.25", "5")), NONE))
        .isInstanceOfSatisfying(
            Contradicted.class,
            step -> assertThat(step.why()).isEqualTo(Contradiction.CONTRACT_CHANGED));
  }

  @Test
  void aPriceBetweenTicksIsNotBooked() {
    assertThat(fold(named(1, ES)).step(executed(2, ES, BUY, 1, "4800.10"), NONE))
        .isInstanceOfSatisfying(
            Contradicted.class,
            step -> assertThat(step.why()).isEqualTo(Contradiction.NOT_TRADEABLE));
  }

  @Test
  void anOverflowIsNotBooked() {
    assertThat(fold(named(1, ES)).step(executed(2, ES, BUY, Long.MAX_VALUE, "4800.00"), NONE))
        .isInstanceOfSatisfying(
            Contradicted.class, step -> assertThat(step.why()).isEqualTo(Contradiction.TOO_LARGE));
  }

  @Test
  void oneLotMoreIsAnotherFingerprint() {
    var one = fold(named(1, ES), executed(2, ES, BUY, 1, "4800.00"));
    var two = fold(named(1, ES), executed(2, ES, BUY, 2, "4800.00"));

    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(two));
    assertThat(Fingerprint.of(one))
        .isEqualTo(Fingerprint.of(fold(named(1, ES), executed(2, ES, BUY, 1, "4800"))));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20_260_101})
  void whateverIsRepeatedTheFoldIsTheSame(long seed) {
    var random = new Random(seed);
    var clean = EMPTY;
    var stormy = EMPTY;
    var lines = new java.util.ArrayList<TapeLine>();
    for (int seq = 1; seq <= 500; seq++) {
      var line =
          seq == 1
              ? named(1, ES)
              : seq == 2
                  ? named(2, ZN)
                  : executed(
                      seq,
                      random.nextBoolean() ? ES : ZN,
                      random.nextBoolean() ? BUY : SELL,
                      1 + random.nextInt(5),
                      String.valueOf(100 + random.nextInt(10)));
      lines.add(line);
      clean = next(clean, line);
      stormy = next(stormy, line);
      while (random.nextInt(3) == 0) {
        var again = lines.get(random.nextInt(lines.size()));
        assertThat(stormy.step(again, NONE)).isEqualTo(new Repeated());
      }
    }
    assertThat(stormy).isEqualTo(clean);
    assertThat(Fingerprint.of(stormy)).isEqualTo(Fingerprint.of(clean));
  }

  private static AccountFold fold(TapeLine... lines) {
    var fold = EMPTY;
    for (var line : lines) fold = next(fold, line);
    return fold;
  }

  private static AccountFold next(AccountFold fold, TapeLine line) {
    return ((Advanced) fold.step(line, NONE)).after();
  }
}
