package io.tapeline.market;

import io.tapeline.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theDependencyRulesHold() {
    ArchitectureRules.check("io.tapeline.market");
  }
}
