package dev.punctual.systemtests;

import static dev.punctual.systemtests.History.noonPlus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.systemtests.RemindersChecker.Fired;
import dev.punctual.systemtests.RemindersChecker.Judged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemindersCheckerTest {

  private final History task = new History().created(0, 10);

  @Test
  void what_fires_at_its_instant_is_good() {
    assertThat(wrong(fired(10, 10.002))).isEmpty();
  }

  @Test
  void what_does_not_fire_is_lost() {
    assertThat(wrong()).singleElement().asString().contains("lost");
  }

  @Test
  void each_of_several_reminders_has_to_fire() {
    task.reminded(1, 10, 11, 12);

    assertThat(wrong(fired(10, 10), fired(11, 11), fired(12, 12))).isEmpty();
    assertThat(wrong(fired(10, 10), fired(12, 12)))
        .singleElement()
        .asString()
        .contains("lost")
        .contains(noonPlus(11).toString());
  }

  @Test
  void what_fires_again_fired_twice() {
    assertThat(wrong(fired(10, 10), fired(10, 10.5)))
        .anyMatch(flaw -> flaw.contains("fired twice"));
  }

  @Test
  void what_fires_before_its_instant_is_early() {
    assertThat(wrong(fired(10, 9.999))).singleElement().asString().contains("early");
  }

  @Test
  void what_fires_long_after_its_instant_is_late() {
    assertThat(wrong(fired(10, 16))).singleElement().asString().contains("late by 6000 ms");
  }

  @Test
  void a_reminder_that_was_set_in_the_past_is_late_only_since_it_was_set() {
    var late = new History().created(18, 10);

    assertThat(wrong(late, fired(10, 18.1))).isEmpty();
  }

  @Test
  void a_reminder_that_was_moved_away_is_forbidden_and_the_new_one_required() {
    task.reminded(9.9, 20);

    assertThat(wrong(fired(20, 20))).isEmpty();
    assertThat(wrong(fired(10, 10), fired(20, 20)))
        .singleElement()
        .asString()
        .contains("forbidden");
    assertThat(wrong()).singleElement().asString().contains("lost");
  }

  @Test
  void whoever_commits_first_wins() {
    task.reminded(10.2, 20);

    assertThat(wrong(fired(20, 20))).isEmpty();
    assertThat(wrong(fired(10, 10.1), fired(20, 20))).isEmpty();
    assertThat(wrong(fired(10, 10.3), fired(20, 20)))
        .singleElement()
        .asString()
        .contains("forbidden");
  }

  @Test
  void a_task_that_is_completed_or_deleted_does_not_remind() {
    assertThat(wrong(new History().created(0, 10).completed(5))).isEmpty();
    assertThat(wrong(new History().created(0, 10).completed(5), fired(10, 10)))
        .singleElement()
        .asString()
        .contains("forbidden");
    assertThat(wrong(new History().created(0, 10).deleted(5), fired(10, 10)))
        .singleElement()
        .asString()
        .contains("forbidden");
  }

  @Test
  void a_task_that_is_reopened_reminds_of_what_is_to_come_only() {
    assertThat(wrong(new History().created(0, 10).completed(5).reopened(6), fired(10, 10)))
        .isEmpty();
    assertThat(wrong(new History().created(0, 10).completed(5).reopened(15))).isEmpty();
    assertThat(wrong(new History().created(0, 10).completed(5).reopened(15), fired(10, 15)))
        .singleElement()
        .asString()
        .contains("forbidden");
  }

  @Test
  void an_edit_of_something_else_excuses_nothing() {
    task.titled(10.5, "other");

    assertThat(wrong()).singleElement().asString().contains("lost");
  }

  @Test
  void an_edit_long_after_the_instant_excuses_nothing() {
    task.reminded(300);

    assertThat(wrong()).singleElement().asString().contains("lost");
  }

  @Test
  void a_relative_reminder_moves_with_the_due_date() {
    task.changed(
        1,
        node -> {
          node.put("due_date", noonPlus(20).toString());
          node.putArray("reminders").addObject().put("before", "PT5S");
          return node;
        });
    assertThat(wrong(fired(15, 15))).isEmpty();

    task.changed(2, node -> node.put("due_date", noonPlus(22).toString()));
    assertThat(wrong(fired(17, 17))).isEmpty();
    assertThat(wrong(fired(15, 15), fired(17, 17)))
        .singleElement()
        .asString()
        .contains("forbidden");
  }

  @Test
  void the_log_and_the_table_tell_of_the_same_notifications() {
    var rows = List.of(fired(10, 10));
    var told = told(rows);

    assertThat(wrong(told, rows)).isEmpty();
    assertThat(wrong(List.of(), rows)).singleElement().asString().contains("not on the log");
    assertThat(wrong(List.of(told.get(0), told.get(0)), rows))
        .singleElement()
        .asString()
        .contains("twice on the log");
    var other = new ArrayList<>(told);
    other.addAll(told(List.of(fired(11, 11))));
    assertThat(wrong(other, rows)).singleElement().asString().contains("not in the database");
  }

  private static Fired fired(double remindAt, double firedAt) {
    return new Fired(remindAt + "-" + firedAt, History.TASK, noonPlus(remindAt), noonPlus(firedAt));
  }

  private static List<Told> told(List<Fired> rows) {
    return rows.stream()
        .map(
            row ->
                History.event(
                    "event-" + row.id(),
                    "reminder.due",
                    row.taskId(),
                    row.firedAt(),
                    History.json(
                        "{\"notification_id\": \"%s\", \"remind_at\": \"%s\"}"
                            .formatted(row.id(), row.remindAt()))))
        .toList();
  }

  private List<String> wrong(Fired... rows) {
    return wrong(task, rows);
  }

  private static List<String> wrong(History history, Fired... rows) {
    return check(history, told(List.of(rows)), List.of(rows));
  }

  private List<String> wrong(List<Told> told, List<Fired> rows) {
    return check(task, told, rows);
  }

  private static List<String> check(History history, List<Told> told, List<Fired> rows) {
    return new RemindersChecker(record -> false)
        .check(
            history.log,
            told,
            rows,
            List.of(),
            new Judged(History.NOON, noonPlus(100), Duration.ofSeconds(5)))
        .wrong();
  }
}
