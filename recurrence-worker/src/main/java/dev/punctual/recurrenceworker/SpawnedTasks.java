package dev.punctual.recurrenceworker;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.punctual.event.Cause;
import dev.punctual.event.RemindersColumn;
import dev.punctual.event.Task;
import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes spawned tasks: their rows, tags, reminders and {@code task.created} events. */
@Repository
class SpawnedTasks {

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Timers timers;
  private final Outbox outbox;

  SpawnedTasks(JdbcClient jdbc, Ledger ledger, Timers timers, Outbox outbox) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.timers = timers;
    this.outbox = outbox;
  }

  /** Records the occurrences, and makes a task of each that is new and has one. */
  void spawn(List<Entry> entries) {
    List<Entry> spawned =
        ledger.record(entries).stream().filter(entry -> entry.task() != null).toList();
    if (spawned.isEmpty()) {
      return;
    }
    insert(spawned);
    insertTags(spawned.stream().map(SpawnedTasks::task).toList());
    outbox.append(spawned.stream().map(SpawnedTasks::created).toList());
    timers.set(
        spawned.stream()
            .filter(entry -> entry.remindsAt() != null)
            .map(
                entry ->
                    new Timer(
                        TimerKind.REMINDER,
                        task(entry).id(),
                        Objects.requireNonNull(entry.remindsAt())))
            .toList());
  }

  private static Task task(Entry entry) {
    return Objects.requireNonNull(entry.task());
  }

  private void insert(List<Entry> spawned) {
    jdbc.sql(
            """
            INSERT INTO tasks
              (id, user_id, title, description, is_complete, priority, due_date, remind_at, reminders,
               recurrence_rule, recurring_task_id, series_id, series_start, series_position, created_at, updated_at)
            SELECT id, user_id, title, description, false, priority, due_date, remind_at, reminders,
                   recurrence_rule, recurring_task_id, series_id, series_start, series_position, created_at, created_at
            FROM unnest(:ids::text[], :users::text[], :titles::text[], :descriptions::text[], :priorities::text[],
                        :dueDates::timestamptz[], :remindAts::timestamptz[], :reminders::jsonb[], :rules::jsonb[],
                        :templates::text[], :series::text[], :seriesStarts::timestamp[], :positions::integer[], :createdAts::timestamptz[])
              AS s (id, user_id, title, description, priority, due_date, remind_at, reminders,
                    recurrence_rule, recurring_task_id, series_id, series_start, series_position, created_at)
            """)
        .param("ids", Rows.column(spawned, s -> task(s).id()))
        .param("users", Rows.column(spawned, s -> task(s).userId()))
        .param("titles", Rows.column(spawned, s -> task(s).title()))
        .param("descriptions", Rows.column(spawned, s -> task(s).description()))
        .param("priorities", Rows.column(spawned, s -> task(s).priority()))
        .param("dueDates", Rows.column(spawned, s -> task(s).dueDate()))
        .param("remindAts", Rows.column(spawned, s -> task(s).remindAt()))
        .param(
            "reminders",
            Rows.column(
                spawned, s -> RemindersColumn.write(task(s).reminders(), task(s).dueDate())))
        .param("rules", Rows.column(spawned, s -> task(s).recurrenceRule()))
        .param("templates", Rows.column(spawned, s -> task(s).recurringTaskId()))
        .param("series", Rows.column(spawned, s -> task(s).seriesId()))
        .param("seriesStarts", Rows.column(spawned, Entry::seriesStart))
        .param("positions", Rows.column(spawned, Entry::position))
        .param("createdAts", Rows.column(spawned, s -> task(s).createdAt()))
        .update();
  }

  private void insertTags(List<Task> tasks) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (Task task : tasks) {
      task.tags().forEach(tag -> pairs.add(Map.entry(task.id(), tag.id())));
    }
    if (pairs.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO task_tags (task_id, tag_id)
            SELECT * FROM unnest(:tasks::text[], :tags::text[])
            """)
        .param("tasks", Rows.column(pairs, Map.Entry::getKey))
        .param("tags", Rows.column(pairs, Map.Entry::getValue))
        .update();
  }

  private static TaskEvent created(Entry entry) {
    return new TaskEvent(
        TaskEvent.Kind.CREATED,
        1,
        fields(task(entry)),
        task(entry),
        Cause.occurrence(entry.seriesId(), ISO_LOCAL_DATE_TIME.format(entry.occurrence().local())));
  }

  /** The JSON names of the fields that have a value. */
  private static List<String> fields(Task task) {
    List<String> names = new ArrayList<>(List.of("title", "priority", "due_date", "series_id"));
    if (task.description() != null) {
      names.add("description");
    }
    if (task.remindAt() != null) {
      names.add("remind_at");
      names.add("reminders");
    }
    if (task.recurrenceRule() != null) {
      names.add("recurrence_rule");
    }
    if (task.recurringTaskId() != null) {
      names.add("recurring_task_id");
    }
    if (!task.tags().isEmpty()) {
      names.add("tags");
    }
    return names;
  }
}
