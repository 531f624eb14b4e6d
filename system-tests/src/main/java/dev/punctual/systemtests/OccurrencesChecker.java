package dev.punctual.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every due occurrence yields exactly one task: each template has spawned one for each instant of
 * its plan that is past and none else, and each completed task of a chain has one successor, due
 * when its rule says.
 */
final class OccurrencesChecker {

  private static final Duration WEEK = Duration.ofDays(7);

  /** A template, and all instants at which it occurs within these days, computed by its creator. */
  record Planned(String template, List<Instant> instants) {}

  /** A task of a template; without a due date the task is gone. */
  record Spawned(String template, @Nullable String taskId, @Nullable Instant dueDate) {}

  /**
   * A completed task of a chain with one of its successors, if it has any.
   *
   * @param isWeekly whether the successor is due a week later
   */
  record Succeeded(
      String taskId, Instant dueDate, @Nullable Instant successorDue, boolean isWeekly) {}

  /**
   * Judges.
   *
   * @param overdue timers that nobody fired
   * @param until what is due by then has to be there
   */
  Verdict check(
      List<Planned> planned,
      List<Spawned> spawned,
      List<Succeeded> succeeded,
      List<String> overdue,
      Instant until) {
    var wrong = new ArrayList<String>();
    overdue.forEach(timer -> wrong.add("overdue: the timer " + timer));
    var byTemplate = spawned.stream().collect(Collectors.groupingBy(Spawned::template));
    for (var template : planned) {
      compare(template, byTemplate.getOrDefault(template.template(), List.of()), until, wrong);
    }
    succeeded.stream()
        .collect(Collectors.groupingBy(Succeeded::taskId))
        .values()
        .forEach(successors -> checkChain(successors, wrong));
    return new Verdict(
        "occurrences",
        "%d tasks of %d templates, %d tasks completed in chains"
            .formatted(spawned.size(), planned.size(), succeeded.size()),
        wrong);
  }

  private static void compare(
      Planned template, List<Spawned> spawned, Instant until, List<String> wrong) {
    var dueDates = spawned.stream().map(Spawned::dueDate).filter(Objects::nonNull).toList();
    var seen = new HashSet<Instant>();
    for (var dueDate : dueDates) {
      if (!seen.add(dueDate)) {
        wrong.add("twice: the task of template %s due %s".formatted(template.template(), dueDate));
      }
      if (!template.instants().contains(dueDate)) {
        wrong.add(
            "unplanned: the task of template %s due %s".formatted(template.template(), dueDate));
      }
    }
    template.instants().stream()
        .filter(instant -> !instant.isAfter(until) && !seen.contains(instant))
        .forEach(
            instant ->
                wrong.add(
                    "lost: the task of template %s due %s"
                        .formatted(template.template(), instant)));
  }

  private static void checkChain(List<Succeeded> successors, List<String> wrong) {
    var completed = successors.get(0);
    var dues =
        successors.stream().map(Succeeded::successorDue).flatMap(Stream::ofNullable).toList();
    if (dues.size() != 1) {
      wrong.add(
          "the completed task %s has %d successors".formatted(completed.taskId(), dues.size()));
    } else if (completed.isWeekly() && !dues.get(0).equals(completed.dueDate().plus(WEEK))) {
      wrong.add(
          "the successor of %s, due %s, is due %s"
              .formatted(completed.taskId(), completed.dueDate(), dues.get(0)));
    }
  }
}
