package dev.punctual.systemtests;

import static dev.punctual.systemtests.History.noonPlus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.systemtests.OccurrencesChecker.Planned;
import dev.punctual.systemtests.OccurrencesChecker.Spawned;
import dev.punctual.systemtests.OccurrencesChecker.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

class OccurrencesCheckerTest {

  private final Planned template =
      new Planned("t", List.of(noonPlus(1), noonPlus(3), noonPlus(5), noonPlus(500)));

  @Test
  void one_task_for_each_instant_of_the_plan_that_is_past_is_good() {
    assertSpawned(1, 3, 5).isEmpty();
  }

  @Test
  void an_occurrence_without_a_task_is_lost_also_if_it_is_not_the_first() {
    assertSpawned(1, 5).singleElement().asString().contains("lost").contains(text(3));
    assertSpawned().hasSize(3);
  }

  @Test
  void two_tasks_of_one_occurrence_are_found() {
    assertSpawned(1, 3, 3, 5).singleElement().asString().contains("twice").contains(text(3));
  }

  @Test
  void a_task_that_the_rule_does_not_know_is_found() {
    assertSpawned(1, 2, 3, 5).singleElement().asString().contains("unplanned").contains(text(2));
  }

  @Test
  void a_completed_task_of_a_chain_has_one_successor_a_week_later() {
    var week = Duration.ofDays(7);

    assertSuccessors(noonPlus(0).plus(week)).isEmpty();
    assertSuccessors(noonPlus(1).plus(week)).singleElement().asString().contains("is due");
    assertSuccessors(noonPlus(0).plus(week), noonPlus(0).plus(week))
        .singleElement()
        .asString()
        .contains("2 successors");
    assertThat(check(List.of(), List.of(new Succeeded("c", noonPlus(0), null, true))))
        .singleElement()
        .asString()
        .contains("0 successors");
  }

  private static String text(double seconds) {
    return noonPlus(seconds).toString();
  }

  private ListAssert<String> assertSpawned(double... dues) {
    return assertThat(
        check(
            DoubleStream.of(dues)
                .mapToObj(due -> new Spawned("t", "task-" + due, noonPlus(due)))
                .toList(),
            List.of()));
  }

  private ListAssert<String> assertSuccessors(Instant... dues) {
    return assertThat(
        new OccurrencesChecker()
            .check(
                List.of(),
                List.of(),
                List.of(dues).stream()
                    .map(due -> new Succeeded("c", noonPlus(0), due, true))
                    .toList(),
                List.of(),
                noonPlus(100))
            .wrong());
  }

  private List<String> check(List<Spawned> spawned, List<Succeeded> succeeded) {
    var planned = succeeded.isEmpty() ? List.of(template) : List.<Planned>of();
    return new OccurrencesChecker()
        .check(planned, spawned, succeeded, List.of(), noonPlus(100))
        .wrong();
  }
}
