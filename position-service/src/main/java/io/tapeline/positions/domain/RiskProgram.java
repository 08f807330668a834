package io.tapeline.positions.domain;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules an account trades under. Rules are data: a change is a new version.
 *
 * @param name such as eval-50k
 * @param rules in the order in which they are shown
 */
public record RiskProgram(String name, int version, String title, List<RiskRule> rules) {
  public RiskProgram {
    rules = List.copyOf(rules);
    var ids = rules.stream().map(RiskRule::id).distinct().count();
    if (ids != rules.size()) throw new IllegalArgumentException("two rules of one id in " + name);
  }

  /**
   * How many lots the account may hold; null where no rule says so.
   *
   * @param profit of the account as the trading day began
   */
  public @Nullable Long maxContracts(BigDecimal profit) {
    return rules.stream()
        .filter(RiskRule.MaxContracts.class::isInstance)
        .map(rule -> ((RiskRule.MaxContracts) rule).lots(profit))
        .min(Long::compare)
        .orElse(null);
  }
}
