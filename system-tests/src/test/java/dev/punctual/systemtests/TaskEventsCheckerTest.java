package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

class TaskEventsCheckerTest {

  private final History history = new History().created(0, 60).titled(1, "other").completed(2);

  @Test
  void a_history_without_a_flaw_is_good() {
    assertThat(wrong(history.log, List.of(history.row()))).isEmpty();
    assertThat(wrong(history.deleted(3).log, List.of())).isEmpty();
  }

  @Test
  void a_change_that_is_not_on_the_log_is_lost() {
    var row = history.row();

    assertFlaw(history.log.subList(0, 2), row).contains("version 3 in the database, 2 on the log");
    assertFlaw(List.of(), row).contains("in the database and not on the log");
    history.log.remove(1);
    assertFlaw(history.log, row).contains("expected version 2");
  }

  @Test
  void a_record_that_comes_again_is_there_twice_unless_it_was_announced() {
    var row = history.row();
    history.log.add(history.log.get(2));

    assertFlaw(history.log, row).contains("twice on the log");
    assertThat(new TaskEventsChecker(record -> true).check(history.log, List.of(row)).wrong())
        .isEmpty();
  }

  @Test
  void records_that_changed_places_are_out_of_order() {
    var row = history.row();
    Collections.swap(history.log, 1, 2);

    assertThat(wrong(history.log, List.of(row)))
        .anyMatch(flaw -> flaw.contains("expected version"));
  }

  @Test
  void what_is_told_and_did_not_commit_is_found() {
    assertThat(wrong(history.log, List.of())).singleElement().asString().contains("undeleted");
    var row = history.row();
    assertFlaw(history.deleted(3).log, row).contains("deleted on the log");
    history.titled(4, "risen");
    assertThat(wrong(history.log, List.of(history.row())))
        .anyMatch(flaw -> flaw.contains("after the deletion"));
  }

  @Test
  void an_event_that_says_something_else_than_the_row_is_stale() {
    for (var field : List.of("description", "priority", "due_date", "remind_at")) {
      var state = History.json(history.row().state().toString()).put(field, "other");
      var row = new TaskEventsChecker.Row(Subject.TASK, History.TASK, 3, state);

      assertFlaw(history.log, row).contains("differs").contains(field);
    }
    var reminders = History.json(history.row().state().toString());
    reminders.putArray("reminders");
    assertFlaw(history.log, new TaskEventsChecker.Row(Subject.TASK, History.TASK, 3, reminders))
        .contains("reminders");
  }

  @Test
  void an_event_names_exactly_what_changed() {
    var row = history.row();
    var silent = history.log.get(1);
    history.log.set(
        1,
        History.event(
            "silent",
            silent.type(),
            silent.key(),
            silent.writtenAt(),
            History.json(
                silent.body().toString().replace("\"changed\":[\"title\"]", "\"changed\":[]"))));

    assertFlaw(history.log, row).contains("tells that [] changed, and [title] did");
  }

  @Test
  void instants_are_compared_however_they_are_written() {
    var state = History.json(history.row().state().toString().replace("Z\"", "+00:00\""));

    assertThat(
            wrong(
                history.log,
                List.of(new TaskEventsChecker.Row(Subject.TASK, History.TASK, 3, state))))
        .isEmpty();
  }

  @Test
  void templates_and_tags_are_followed_as_tasks_are() {
    var template = History.json("{\"id\": \"t\", \"title\": \"x\", \"lead_time\": \"PT60S\"}");
    var tag = History.json("{\"id\": \"g\", \"name\": \"home\"}");
    var log =
        List.of(
            History.event(
                "1",
                "recurring_task.created",
                "t",
                History.NOON,
                History.json(
                    "{\"version\": 1, \"changed\": [\"title\", \"lead_time\"], \"recurring_task\": "
                        + template
                        + "}")),
            History.event(
                "2", "tag.created", "g", History.NOON, History.json("{\"tag\": " + tag + "}")));
    var other =
        new TaskEventsChecker.Row(
            Subject.TEMPLATE,
            "t",
            1,
            History.json("{\"id\": \"t\", \"title\": \"x\", \"lead_time\": \"PT1M\"}"));
    var moved = new TaskEventsChecker.Row(Subject.TEMPLATE, "t", 2, template);
    var renamed =
        new TaskEventsChecker.Row(
            Subject.TAG, "g", 0, History.json("{\"id\": \"g\", \"name\": \"work\"}"));
    var same = new TaskEventsChecker.Row(Subject.TAG, "g", 0, tag);

    assertThat(wrong(log, List.of(other, same))).isEmpty();
    assertThat(wrong(log, List.of(moved, same)))
        .singleElement()
        .asString()
        .contains("template t has version 2");
    assertThat(wrong(log, List.of(other, renamed)))
        .singleElement()
        .asString()
        .contains("tag g differs");
    assertThat(wrong(log, List.of(other))).singleElement().asString().contains("undeleted");
  }

  private static List<String> wrong(List<Told> log, List<TaskEventsChecker.Row> rows) {
    return new TaskEventsChecker(record -> false).check(log, rows).wrong();
  }

  private static AbstractStringAssert<?> assertFlaw(List<Told> log, TaskEventsChecker.Row row) {
    return assertThat(String.join("\n", wrong(log, List.of(row))));
  }
}
