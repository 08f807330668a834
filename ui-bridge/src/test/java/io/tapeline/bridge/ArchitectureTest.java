package io.tapeline.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tapeline.testkit.ArchitectureRules;

@AnalyzeClasses(
    packages = "io.tapeline.bridge",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule the_domain_is_plain_java =
      classes()
          .that()
          .resideInAPackage("..domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "..domain..", "io.tapeline.model..", "io.tapeline.bars..")
          .because("what a client is owed must be provable without a socket");

  @ArchTest
  static final ArchRule adapters_never_see_each_other =
      noClasses()
          .that()
          .resideInAPackage("..fanout.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..http..")
          .because("the tape and the sockets meet on the board");

  @ArchTest
  static final ArchRule sockets_know_nothing_of_kafka =
      noClasses()
          .that()
          .resideInAPackage("..http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..kafka..", "org.apache.kafka..")
          .because("the tape and the sockets meet on the board");

  @ArchTest
  static final ArchRule one_place_makes_clients_of_kafka =
      ArchitectureRules.ONE_PLACE_MAKES_CLIENTS_OF_KAFKA;

  @ArchTest
  static final ArchRule only_the_store_speaks_sql =
      noClasses()
          .that()
          .resideOutsideOfPackage("..store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.mutiny.sqlclient..")
          .because("SQL stands beside its only user");
}
