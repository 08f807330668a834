package io.tapeline.positions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tapeline.testkit.ArchitectureRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theServiceKeepsTheRulesOfTheSuite() {
    ArchitectureRules.check("io.tapeline.positions");
  }

  @Test
  void theClockIsGivenEverywhereBehindTheAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage("..positions.domain..", "..positions.app..", "..positions.store..")
        .should()
        .callMethod(Instant.class, "now")
        .because("time that is given can be replayed")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tapeline.positions"));
  }
}
