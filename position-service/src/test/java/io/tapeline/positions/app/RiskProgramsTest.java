package io.tapeline.positions.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tapeline.positions.domain.RiskProgram;
import io.tapeline.positions.domain.RiskRule;
import io.tapeline.positions.domain.RiskRule.DailyLoss;
import io.tapeline.positions.domain.RiskRule.Drawdown;
import io.tapeline.positions.domain.RiskRule.Step;
import io.tapeline.positions.domain.RiskRule.Trail;
import io.tapeline.positions.domain.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiskProgramsTest {
  @ParameterizedTest
  @ValueSource(strings = {"eval-50k", "eval-100k", "eval-150k", "personal"})
  void everyProgramThatComesAlongIsRead(String name) {
    var program = RiskPrograms.load(name, null);

    assertThat(program.version()).isPositive();
    assertThat(program.maxContracts(BigDecimal.ZERO)).isPositive();
    assertThat(program.rules()).extracting(RiskRule::id).contains("daily-loss", "drawdown");
  }

  @Test
  void theRulesSayWhatTheFileSays() {
    var program = RiskPrograms.load("eval-50k", null);

    assertThat(program.rules().getFirst())
        .isInstanceOfSatisfying(
            DailyLoss.class,
            rule -> {
              assertThat(rule.amount()).isEqualByComparingTo("1000");
              assertThat(rule.steps())
                  .containsExactly(
                      new Step(75, Tier.WARN),
                      new Step(80, Tier.WARN),
                      new Step(90, Tier.WARN),
                      new Step(100, Tier.LOCK));
            });
    assertThat(program.rules().get(1))
        .isInstanceOfSatisfying(
            Drawdown.class,
            rule -> {
              assertThat(rule.trail()).isEqualTo(Trail.END_OF_DAY);
              assertThat(rule.stopsAt()).isEqualByComparingTo("50000");
            });
  }

  @Test
  void aProgramOfTheInstallationGoesBeforeOneThatComesAlong(@TempDir Path directory)
      throws IOException {
    Files.writeString(
        directory.resolve("eval-50k.yaml"),
        """
        title: Mine
        version: 7
        rules:
          - {id: lots, kind: max-contracts, lots: 2, tiers: {block: 100}}
        """);

    assertThat(RiskPrograms.load("eval-50k", directory).version()).isEqualTo(7);
    assertThat(RiskPrograms.load("personal", directory).version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: a, kind: daily-loss, amount: '0', basis: equity, tiers: {lock: 100}}",
        "{id: a, kind: daily-loss, basis: equity, tiers: {lock: 100}}",
        "{id: a, kind: daily-loss, amount: '1000', basis: hope, tiers: {lock: 100}}",
        "{id: a, kind: daily-loss, amount: '1000', basis: equity, tiers: {explode: 100}}",
        "{id: a, kind: max-contracts, lots: 0, tiers: {block: 100}}",
        "{id: a, kind: max-contracts, lots: 1, tiers: {block: 0}}",
        "{id: a, kind: max-contracts, lots: 1, scaling: [{profit: '0', lots: 2}], tiers: {block: 100}}",
        "{id: a, kind: max-contracts, lots: 1, scaling: [{profit: '9', lots: 2}, {profit: '8', lots: 3}]}",
        "{id: a, kind: consistency, percent: 101, tiers: {warn: [100]}}",
        "{id: a, kind: good-luck}"
      })
  void aRuleThatIsNoneIsRefused(String rule) {
    assertThatThrownBy(() -> read("title: T\nversion: 1\nrules:\n  - " + rule))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "liquidate", "lock"})
  void aConsistencyTargetThatWouldActIsRefusedInWords(String tier) {
    assertThatThrownBy(
            () ->
                read(
                    "title: T\nversion: 1\nrules:\n  - {id: even, kind: consistency, percent: 50, tiers: {%s: 100}}"
                        .formatted(tier)))
        .hasMessage(
            "rule even is of kind consistency, which only informs: of its tiers only warn can be, not %s",
            tier);
  }

  @Test
  void tiersOfHoursAreRefusedInWordsInsteadOfIgnored() {
    assertThatThrownBy(
            () ->
                read(
                    "title: T\nversion: 1\nrules:\n  - {id: day, kind: hours, opens: '17:00', closes: '15:00', tiers: {warn: [90]}}"))
        .hasMessageContaining("rule day is of kind hours, whose tiers are fixed");
  }

  @Test
  void theExampleOfAScalingPlanSaysWhatTheFileSays() {
    var program = RiskPrograms.load("eval-150k", null);

    assertThat(program.maxContracts(new BigDecimal("1499.99"))).isEqualTo(5);
    assertThat(program.maxContracts(new BigDecimal("1500"))).isEqualTo(10);
    assertThat(program.maxContracts(new BigDecimal("3000"))).isEqualTo(15);
  }

  @Test
  void aProgramThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> RiskPrograms.load("eval-1m", null))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("eval-1m");
    assertThatThrownBy(() -> RiskPrograms.load("../secret", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RiskProgram read(String yaml) throws JsonProcessingException {
    return RiskPrograms.program("test", new YAMLMapper().readTree(yaml));
  }

  @Test
  void moneyIsReadExactly() throws JsonProcessingException {
    var program =
        read(
            "title: T\nversion: 1\nrules:\n  - {id: a, kind: daily-loss, amount: '999.995', basis: realized,"
                + " tiers: {block: 100}}");

    assertThat(((DailyLoss) program.rules().getFirst()).amount())
        .isEqualTo(new BigDecimal("999.995"));
  }
}
