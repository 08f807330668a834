package io.tapeline.orders;

import io.tapeline.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theDependencyAndNamingRulesHold() {
    ArchitectureRules.check("io.tapeline.orders");
  }
}
