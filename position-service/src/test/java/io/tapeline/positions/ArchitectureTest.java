package io.tapeline.positions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.tapeline.positions",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("..positions.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "io.tapeline.positions.domain..", "io.tapeline.model..")
          .because("a rule that needs Kafka, SQL or CDI to be tested is in the wrong package");

  @ArchTest
  static final ArchRule ADAPTERS_NEVER_SEE_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage("..positions.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..positions.kafka..", "..positions.store..")
          .because("adapters meet in app");

  @ArchTest
  static final ArchRule KAFKA_IS_AN_ADAPTER_TOO =
      noClasses()
          .that()
          .resideInAPackage("..positions.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..positions.http..", "..positions.store..")
          .because("adapters meet in app");

  @ArchTest
  static final ArchRule WHAT_COMPOSES_KNOWS_NO_WIRE =
      noClasses()
          .that()
          .resideInAnyPackage("..positions.app..", "..positions.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..positions.http..", "..positions.kafka..", "org.apache.kafka..")
          .because("what comes in calls the composition, not the other way round");

  @ArchTest
  static final ArchRule THE_CLOCK_IS_GIVEN =
      noClasses()
          .that()
          .resideInAnyPackage("..positions.domain..", "..positions.app..", "..positions.store..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .because("time that is given can be replayed");
}
