package dev.punctual.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may depend on what, and what main code never does. */
class ArchitectureTest {

  private static final String[] COMMON = {
    "dev.punctual.consumer..",
    "dev.punctual.event..",
    "dev.punctual.id..",
    "dev.punctual.outbox..",
    "dev.punctual.recurrence..",
    "dev.punctual.schema..",
    "dev.punctual.timer..",
    "dev.punctual.trace.."
  };
  private static final String TASK_SERVICE = "dev.punctual.taskservice..";
  private static final String RECURRENCE_WORKER = "dev.punctual.recurrenceworker..";
  private static final String REMINDER_WORKER = "dev.punctual.reminderworker..";
  private static final String[] SERVICES = {TASK_SERVICE, RECURRENCE_WORKER, REMINDER_WORKER};
  private static final String[] COMMON_AND_SERVICES = {
    "dev.punctual.consumer..",
    "dev.punctual.event..",
    "dev.punctual.id..",
    "dev.punctual.outbox..",
    "dev.punctual.recurrence..",
    "dev.punctual.schema..",
    "dev.punctual.timer..",
    "dev.punctual.trace..",
    TASK_SERVICE,
    RECURRENCE_WORKER,
    REMINDER_WORKER
  };

  private static final JavaClasses MAIN_CODE =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isMainCode)
          .importPackages("dev.punctual");

  @Test
  void the_rules_see_every_module() {
    assertThat(MAIN_CODE.stream().map(c -> c.getPackageName()).distinct())
        .contains("dev.punctual.outbox", "dev.punctual.timer", "dev.punctual.taskservice")
        .contains("dev.punctual.recurrenceworker", "dev.punctual.reminderworker")
        .contains("dev.punctual.embedded", "dev.punctual.systemtests")
        .contains("dev.punctual.localstack")
        .doesNotContain("dev.punctual.testing");
  }

  @Test
  void common_depends_on_nothing_of_ours() {
    check(
        classes()
            .that()
            .resideInAnyPackage(COMMON)
            .should()
            .onlyDependOnClassesThat(
                describe(
                    "are of common or not ours",
                    c ->
                        !c.getPackageName().startsWith("dev.punctual")
                            || c.getPackageName()
                                .matches(
                                    "dev\\.punctual\\.(consumer|event|id|outbox|recurrence|schema|timer|trace).*"))));
  }

  @Test
  void no_service_depends_on_another_nor_on_what_starts_it() {
    for (String service : SERVICES) {
      String[] others =
          Set.of(
                  TASK_SERVICE,
                  RECURRENCE_WORKER,
                  REMINDER_WORKER,
                  "dev.punctual.localstack..",
                  "dev.punctual.embedded..",
                  "dev.punctual.systemtests..")
              .stream()
              .filter(other -> !other.equals(service))
              .toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage(service)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others));
    }
  }

  @Test
  void the_mechanisms_of_common_depend_on_each_other_in_one_direction() {
    check(slices().matching("dev.punctual.(*)..").should().beFreeOfCycles());
  }

  @Test
  void no_code_of_a_service_or_of_common_asks_a_clock_of_its_own() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(COMMON_AND_SERVICES)
            .should()
            .callMethodWhere(describe("a clock is asked", ArchitectureTest::asksClock)));
  }

  @Test
  void nothing_is_injected_into_fields() {
    check(
        noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject"));
  }

  @Test
  void no_code_of_a_service_or_of_common_sleeps() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(COMMON_AND_SERVICES)
            .should()
            .callMethod(Thread.class, "sleep", long.class));
  }

  /**
   * A stream of rows keeps its connection until it is closed, and reading it to its end does not.
   */
  @Test
  void rows_are_streamed_only_where_the_stream_is_closed() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(COMMON_AND_SERVICES)
            .and()
            .doNotHaveFullyQualifiedName("dev.punctual.schema.TimerCheck")
            .should()
            .callMethod(JdbcClient.MappedQuerySpec.class, "stream"));
  }

  private static boolean asksClock(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    boolean isSystemClock = owner.equals("java.time.Clock") && method.startsWith("system");
    boolean isNow = owner.startsWith("java.time.") && method.equals("now");
    return isSystemClock || isNow || method.equals("currentTimeMillis");
  }

  private static boolean isMainCode(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN_CODE);
  }
}
