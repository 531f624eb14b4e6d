package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgedWritesCheckerTest {

  private final History before = new History().created(0, 60).titled(1, "other");
  private final History after = new History().created(0, 60).titled(1, "other").completed(2);

  @Test
  void what_was_acknowledged_and_is_there_is_good() {
    assertThat(wrong(after.answer(), after.log, List.of(after.row()))).isEmpty();
    assertThat(wrong(before.answer(), after.log, List.of(after.row()))).isEmpty();
    assertThat(wrong(after.answer(), after.deleted(3).log, List.of())).isEmpty();
  }

  @Test
  void an_update_that_is_lost_with_its_event_is_found() {
    assertThat(wrong(after.answer(), before.log, List.of(before.row())))
        .anyMatch(flaw -> flaw.contains("version 3 of task task-1 was acknowledged"));
  }

  @Test
  void a_create_that_is_lost_with_its_event_is_found() {
    assertThat(wrong(before.answer(), List.of(), List.of()))
        .anyMatch(flaw -> flaw.contains("was acknowledged, the database has 0"));
  }

  @Test
  void a_deletion_that_is_lost_with_its_event_is_found() {
    var deletion = Acknowledged.deletion(History.TASK);

    assertThat(wrong(deletion, before.log, List.of(before.row())))
        .singleElement()
        .asString()
        .contains("lost: the acknowledged deletion");
    assertThat(wrong(deletion, before.deleted(2).log, List.of())).isEmpty();
  }

  @Test
  void a_write_that_took_another_ones_version_is_found() {
    var other = new History().created(0, 60).titled(1, "another");

    assertThat(wrong(before.answer(), other.log, List.of(other.row())))
        .singleElement()
        .asString()
        .contains("acknowledged otherwise in [title]");
  }

  @Test
  void a_create_that_made_two_tasks_is_found() {
    var log = new ArrayList<>(before.log);
    var created = before.log.get(0);
    log.add(History.event("again", created.type(), "task-2", History.NOON, created.body()));

    assertThat(wrong(before.answer(), log, List.of(before.row())))
        .singleElement()
        .asString()
        .contains("made two tasks");
  }

  private static List<String> wrong(
      Acknowledged write, List<Told> log, List<TaskEventsChecker.Row> rows) {
    return new AcknowledgedWritesChecker().check(List.of(write), log, rows).wrong();
  }
}
