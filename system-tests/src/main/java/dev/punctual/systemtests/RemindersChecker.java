package dev.punctual.systemtests;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every due reminder yields exactly one notification, never early, and none comes of a reminder
 * that was moved away, completed or deleted before. Compares the log and the table of notifications
 * with what the events of the tasks say; the database must be at rest.
 *
 * <p>It is exact: a firing and a change of its task exclude each other by the task's lock, and the
 * instants of both are the database's.
 */
final class RemindersChecker {

  /** A reminder that an edit removes so long after its instant should have fired by then. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

  private final Predicate<Told> mayRepeat;
  private final List<String> wrong = new ArrayList<>();

  /** A row of {@code notifications}. */
  record Fired(String id, String taskId, Instant remindAt, Instant firedAt) {

    @Override
    public String toString() {
      return "the reminder of %s for %s, fired at %s".formatted(taskId, remindAt, firedAt);
    }
  }

  /**
   * When to judge.
   *
   * @param since lateness is reported and judged of what fired since then
   * @param now what is due by then has to have fired
   * @param latest how late a reminder may be
   */
  record Judged(Instant since, Instant now, Duration latest) {}

  /**
   * A checker of one history.
   *
   * @param mayRepeat which records may be on the log again
   */
  RemindersChecker(Predicate<Told> mayRepeat) {
    this.mayRepeat = mayRepeat;
  }

  Verdict check(
      List<Told> taskEvents,
      List<Told> notifications,
      List<Fired> rows,
      List<String> overdue,
      Judged judged) {
    overdue.forEach(timer -> wrong.add("overdue: the timer " + timer));
    compareWithLog(rows, notifications);
    var standing = standing(taskEvents);
    var fired = rows.stream().collect(groupingBy(Fired::taskId));
    var lateness = new Lateness();
    for (var row : rows) {
      var allowing =
          standing.getOrDefault(row.taskId(), List.of()).stream()
              .filter(s -> s.instant().equals(row.remindAt()) && s.contains(row.firedAt()))
              .findFirst();
      if (row.firedAt().isBefore(row.remindAt())) {
        wrong.add("early: " + row);
      } else if (allowing.isEmpty()) {
        wrong.add("forbidden, it did not stand then: " + row);
      } else if (row.firedAt().isAfter(judged.since())) {
        var late = lateness.of(row, allowing.get());
        if (late.compareTo(judged.latest()) > 0) {
          wrong.add("late by " + late.toMillis() + " ms: " + row);
        }
      }
    }
    standing.forEach(
        (task, reminders) ->
            findLost(task, reminders, fired.getOrDefault(task, List.of()), judged.now()));
    return new Verdict("reminders", rows.size() + " fired, " + lateness, wrong);
  }

  private void compareWithLog(List<Fired> rows, List<Told> notifications) {
    var eventIds = new HashSet<String>();
    var told = new HashMap<String, Told>();
    for (var record : notifications) {
      if (!eventIds.add(record.id())) {
        if (!mayRepeat.test(record)) {
          wrong.add("twice on the log: " + record);
        }
      } else if (told.put(record.body().path("notification_id").asString(), record) != null) {
        wrong.add("told twice: " + record);
      }
    }
    var instants = new HashSet<String>();
    for (var row : rows) {
      var record = told.remove(row.id());
      if (record == null) {
        wrong.add("in the database and not on the log: " + row);
      } else if (!record.key().equals(row.taskId())
          || !Instant.parse(record.body().path("remind_at").asString()).equals(row.remindAt())) {
        wrong.add("told otherwise on the log: " + row);
      }
      if (!instants.add(row.taskId() + " " + row.remindAt())) {
        wrong.add("fired twice: " + row);
      }
    }
    told.values().forEach(record -> wrong.add("on the log and not in the database: " + record));
  }

  private static Map<String, List<Standing>> standing(List<Told> taskEvents) {
    var eventIds = new HashSet<String>();
    return taskEvents.stream()
        .filter(event -> Subject.of(event).filter(Subject.TASK::equals).isPresent())
        .filter(event -> eventIds.add(event.id()))
        .collect(
            Collectors.groupingBy(
                Told::key, Collectors.collectingAndThen(Collectors.toList(), Standing::of)));
  }

  private void findLost(String task, List<Standing> reminders, List<Fired> fired, Instant now) {
    for (var reminder : reminders) {
      boolean due =
          !reminder.instant().isAfter(now)
              && reminder.until().isAfter(reminder.instant().plus(LONGEST_OUTAGE));
      if (due && fired.stream().noneMatch(row -> row.remindAt().equals(reminder.instant()))) {
        wrong.add("lost: the reminder of %s for %s".formatted(task, reminder.instant()));
      }
    }
  }
}
