package io.tapeline.orders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.tapeline.orders",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("..orders.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "io.tapeline.orders.domain..", "io.tapeline.model..")
          .because("a rule that needs Kafka, SQL or CDI to be tested is in the wrong package");

  @ArchTest
  static final ArchRule ADAPTERS_NEVER_SEE_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage("..orders.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..orders.kafka..", "..orders.store..")
          .because("adapters meet in app");

  @ArchTest
  static final ArchRule KAFKA_IS_AN_ADAPTER_TOO =
      noClasses()
          .that()
          .resideInAPackage("..orders.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..orders.http..", "..orders.store..")
          .because("adapters meet in app");

  @ArchTest
  static final ArchRule WHAT_COMPOSES_KNOWS_NO_WIRE =
      noClasses()
          .that()
          .resideInAnyPackage("..orders.app..", "..orders.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..orders.http..", "..orders.kafka..", "org.apache.kafka..")
          .because("what comes in calls the composition, not the other way round");

  @ArchTest
  static final ArchRule THE_CLOCK_IS_GIVEN =
      noClasses()
          .that()
          .resideInAnyPackage("..orders.domain..", "..orders.app..", "..orders.store..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .because("time that is given can be replayed");
}
