package io.tapeline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is seen failing on a class that was written to offend it. */
class ArchitectureRulesTest {
  private static final JavaClasses OFFENDERS =
      new ClassFileImporter().importPackages("io.tapeline.testkit.offenders");

  @Test
  void aDomainThatKnowsJsonIsFound() {
    assertFound(ArchitectureRules.THE_DOMAIN_IS_PLAIN_JAVA, "TaxedOrder");
  }

  @Test
  void aDomainThatTakesTheTimeAndThrowsDiceIsFound() {
    assertFound(ArchitectureRules.THE_DOMAIN_HAS_NO_CLOCK_AND_NO_DICE, "Instant.now()");
    assertFound(ArchitectureRules.THE_DOMAIN_HAS_NO_CLOCK_AND_NO_DICE, "Math.random()");
  }

  @Test
  void aDecisionThatKnowsItsCallerIsFound() {
    assertFound(ArchitectureRules.NOTHING_INSIDE_KNOWS_WHO_CALLS, "OrdersService.handle()");
  }

  @Test
  void aStoreThatCallsTheShellIsFound() {
    assertFound(ArchitectureRules.THE_STORE_KNOWS_ONLY_THE_DOMAIN, "OrderJournal.append()");
  }

  @Test
  void aNameThatSaysNothingIsFound() {
    assertFound(ArchitectureRules.NAMES_SAY_WHAT_A_THING_IS, "OrderManager");
  }

  @Test
  void aRestMethodThatAPackagedServiceWouldNotOfferIsFound() {
    assertFound(ArchitectureRules.WHAT_REST_OFFERS_IS_PUBLIC, "OrdersResource.hidden()");
  }

  @Test
  void aClientOfKafkaThatIsMadeElsewhereIsFound() {
    assertFound(ArchitectureRules.ONE_PLACE_MAKES_CLIENTS_OF_KAFKA, "KafkaProducer.<init>");
    assertFound(ArchitectureRules.ONE_PLACE_MAKES_CLIENTS_OF_KAFKA, "Admin.create");
  }

  @Test
  void anAdapterThatCallsAnotherIsFound() {
    assertOneFinds(ArchitectureRules.adaptersNeverSeeEachOther(), "OrdersResource.place()");
  }

  @Test
  void aServiceThatImportsAnotherIsFound() {
    assertOneFinds(
        ArchitectureRules.servicesNeverImportServices("io.tapeline.testkit.offenders"),
        "OrderManager.net()");
  }

  @Test
  void whereThereIsNothingToCheckTheCheckFails() {
    assertThatThrownBy(() -> ArchitectureRules.check("io.tapeline.nowhere"))
        .hasMessage("no classes in io.tapeline.nowhere");
  }

  @Test
  void theseModulesKeepTheRules() {
    ArchitectureRules.check("io.tapeline.stack");
    ArchitectureRules.check("io.tapeline.model");
    ArchitectureRules.check("io.tapeline.contract");
  }

  private static void assertFound(ArchRule rule, String offence) {
    assertThatThrownBy(() -> rule.check(OFFENDERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(offence);
  }

  private static void assertOneFinds(List<ArchRule> rules, String offence) {
    assertThat(rules)
        .filteredOn(rule -> rule.evaluate(OFFENDERS).hasViolation())
        .singleElement()
        .satisfies(rule -> assertFound(rule, offence));
  }
}
