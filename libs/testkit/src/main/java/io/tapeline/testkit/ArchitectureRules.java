package io.tapeline.testkit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The dependency and naming rules of every service. A test of each service calls {@link
 * #check(String)}, or checks single rules.
 *
 * <p>Inside a feature: {@code http} and {@code kafka} call {@code app}, {@code app} calls {@code
 * domain} and {@code store}, {@code store} calls {@code domain}; never the other way round.
 */
public final class ArchitectureRules {
  private static final String OURS = "io.tapeline";
  private static final List<String> SERVICES = List.of("market", "orders", "positions", "bridge");
  private static final List<String> ADAPTERS = List.of("http", "kafka", "store", "venue");

  public static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("..domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "io.tapeline..domain..", "io.tapeline.model..")
          .because("a rule that needs Kafka, SQL or CDI to be tested is in the wrong package")
          .allowEmptyShould(true);

  public static final ArchRule THE_DOMAIN_HAS_NO_CLOCK_AND_NO_DICE =
      noClasses()
          .that()
          .resideInAPackage("..domain..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .because("what is given in can be replayed, what is taken from outside cannot")
          .allowEmptyShould(true);

  public static final ArchRule NOTHING_INSIDE_KNOWS_WHO_CALLS =
      noClasses()
          .that()
          .resideInAnyPackage("io.tapeline..app..", "io.tapeline..store..", "io.tapeline..domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.tapeline..http..", "io.tapeline..kafka..")
          .because("what comes in calls what decides, not the other way round")
          .allowEmptyShould(true);

  public static final ArchRule THE_STORE_KNOWS_ONLY_THE_DOMAIN =
      noClasses()
          .that()
          .resideInAPackage("io.tapeline..store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tapeline..app..")
          .because("the shell calls the store")
          .allowEmptyShould(true);

  public static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl|DTO|Dto)")
          .because("such a name says nothing about what the thing is")
          .allowEmptyShould(true);

  /** Quarkus leaves the others out of a packaged service without a word; tests still find them. */
  public static final ArchRule WHAT_REST_OFFERS_IS_PUBLIC =
      methods()
          .that()
          .areAnnotatedWith("jakarta.ws.rs.GET")
          .or()
          .areAnnotatedWith("jakarta.ws.rs.POST")
          .or()
          .areAnnotatedWith("jakarta.ws.rs.PUT")
          .or()
          .areAnnotatedWith("jakarta.ws.rs.PATCH")
          .or()
          .areAnnotatedWith("jakarta.ws.rs.DELETE")
          .should()
          .bePublic()
          .because("a packaged service answers 404 for one that is not")
          .allowEmptyShould(true);

  /** The launcher's own run outside of every installation that has certificates. */
  public static final ArchRule ONE_PLACE_MAKES_CLIENTS_OF_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tapeline.stack..")
          .and()
          .doNotHaveFullyQualifiedName("io.tapeline.service.KafkaClients")
          .should()
          .callConstructorWhere(
              target(owner(assignableTo(Consumer.class).or(assignableTo(Producer.class)))))
          .orShould()
          .callMethodWhere(target(owner(assignableTo(Admin.class))).and(target(name("create"))))
          .because("one that is made elsewhere does not know how the installation gets in")
          .allowEmptyShould(true);

  private ArchitectureRules() {}

  /** Adapters meet in app: one that calls another cannot be replaced or tested alone. */
  public static List<ArchRule> adaptersNeverSeeEachOther() {
    return ADAPTERS.stream().map(ArchitectureRules::seesNoOtherAdapter).toList();
  }

  private static ArchRule seesNoOtherAdapter(String adapter) {
    var others =
        ADAPTERS.stream()
            .filter(other -> !other.equals(adapter))
            .map(other -> OURS + ".." + other)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(OURS + ".." + adapter)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .because("adapters meet in app")
        .allowEmptyShould(true);
  }

  /** Services meet on topics and in libs/contract. */
  public static List<ArchRule> servicesNeverImportServices(String parent) {
    return SERVICES.stream().map(service -> importsNoOther(parent, service)).toList();
  }

  private static ArchRule importsNoOther(String parent, String service) {
    var others =
        SERVICES.stream()
            .filter(other -> !other.equals(service))
            .map(other -> parent + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(parent + "." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .because("services meet on topics, never in each other's code")
        .allowEmptyShould(true);
  }

  /** Every rule. */
  public static List<ArchRule> all() {
    var rules =
        new ArrayList<>(
            Arrays.asList(
                THE_DOMAIN_IS_PLAIN_JAVA,
                THE_DOMAIN_HAS_NO_CLOCK_AND_NO_DICE,
                NOTHING_INSIDE_KNOWS_WHO_CALLS,
                THE_STORE_KNOWS_ONLY_THE_DOMAIN,
                NAMES_SAY_WHAT_A_THING_IS,
                WHAT_REST_OFFERS_IS_PUBLIC,
                ONE_PLACE_MAKES_CLIENTS_OF_KAFKA));
    rules.addAll(adaptersNeverSeeEachOther());
    rules.addAll(servicesNeverImportServices(OURS));
    return List.copyOf(rules);
  }

  /** Holds every rule against the main classes of a package, for example io.tapeline.orders. */
  public static void check(String servicePackage) {
    var imported =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(servicePackage);
    if (imported.isEmpty()) {
      throw new AssertionError("no classes in " + servicePackage);
    }
    all().forEach(rule -> rule.check(imported));
  }
}
