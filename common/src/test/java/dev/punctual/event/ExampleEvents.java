package dev.punctual.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One event of each type: the examples of docs/asyncapi.yaml. */
public final class ExampleEvents {

  public static final String USER = "019a5c1e-4a52-7cc0-9d4f-0d5a3a1b7c01";
  public static final String TASK = "019a5c1f-10d3-7b1e-8a55-6c0e2f94d2aa";
  private static final String TEMPLATE = "019a5c20-3e77-7f06-b1c8-52d1f7a8c9e4";
  private static final String TAG = "019a5c1e-9b40-7d15-9e02-7f8b64c1d350";
  private static final Instant CREATED = Instant.parse("2026-11-20T08:15:30.123456Z");
  private static final Instant UPDATED = Instant.parse("2026-11-23T07:58:02.5Z");
  private static final Instant DUE = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant REMIND_AT = Instant.parse("2026-11-23T07:45:00Z");
  private static final List<Task.TagRef> TAGS = List.of(new Task.TagRef(TAG, "home"));

  private ExampleEvents() {}

  /** All of them: a kind of an event that is added is here at once, or does not compile. */
  public static List<Event> all() {
    List<Event> events = new ArrayList<>();
    Stream.of(TaskEvent.Kind.values()).map(ExampleEvents::task).forEach(events::add);
    Stream.of(RecurringTaskEvent.Kind.values()).map(ExampleEvents::template).forEach(events::add);
    Stream.of(TagEvent.Kind.values()).map(ExampleEvents::tag).forEach(events::add);
    events.add(new UserEvent(USER));
    events.add(new TimerSet("reminder", TASK, REMIND_AT));
    events.add(
        new ReminderDue(
            "019a6b0d-77c2-7a4e-8d10-9e5f21b3c6d8",
            TASK,
            USER,
            "Water the plants",
            DUE,
            REMIND_AT,
            Instant.parse("2026-11-23T07:45:00.004Z"),
            4));
    return events;
  }

  /** The example of this kind. */
  public static TaskEvent task(TaskEvent.Kind kind) {
    return switch (kind) {
      case CREATED ->
          new TaskEvent(
              kind,
              1,
              List.of("title", "due_date", "remind_at", "reminders", "recurring_task_id", "tags"),
              task(false, CREATED),
              Cause.occurrence(TEMPLATE, "2026-11-23T09:00:00"));
      case UPDATED -> change(kind, 2, List.of("title", "remind_at", "reminders"), false);
      case COMPLETED -> change(kind, 3, List.of("is_complete", "completed_at"), true);
      case REOPENED -> change(kind, 4, List.of("is_complete", "completed_at"), false);
      case DELETED -> change(kind, 5, List.of(), false);
      case SNAPSHOT -> new TaskEvent(kind, 4, List.of(), task(false, UPDATED), Cause.republish());
    };
  }

  private static TaskEvent change(
      TaskEvent.Kind kind, long version, List<String> changed, boolean complete) {
    return new TaskEvent(kind, version, changed, task(complete, UPDATED), Cause.user(USER));
  }

  private static Task task(boolean complete, Instant updatedAt) {
    return new Task(
        TASK,
        USER,
        "Water the plants",
        "Those on the balcony, too.",
        complete,
        complete ? updatedAt : null,
        "medium",
        DUE,
        REMIND_AT,
        List.of(Task.Reminder.before(Duration.ofMinutes(15))),
        null,
        TEMPLATE,
        TEMPLATE,
        TAGS,
        CREATED,
        updatedAt);
  }

  private static RecurringTaskEvent template(RecurringTaskEvent.Kind kind) {
    return switch (kind) {
      case CREATED -> template(kind, 1, List.of("title", "recurrence_rule", "tags"), false);
      case UPDATED -> template(kind, 2, List.of("next_due_at"), false);
      case ENDED -> template(kind, 3, List.of("is_active", "ended_at"), true);
      case DELETED -> template(kind, 4, List.of(), true);
    };
  }

  private static RecurringTaskEvent template(
      RecurringTaskEvent.Kind kind, long version, List<String> changed, boolean ended) {
    JsonNode rule =
        EventJson.MAPPER.readTree(
            """
            {"frequency": "weekly", "days": ["mon", "thu"], "end_date": "2027-01-31"}
            """);
    var template =
        new RecurringTask(
            TEMPLATE,
            USER,
            "Water the plants",
            null,
            "medium",
            rule,
            LocalDateTime.parse("2026-11-16T09:00:00"),
            DUE,
            "Europe/Berlin",
            "latest",
            "allow",
            Duration.ofHours(12),
            Duration.ofMinutes(15),
            !ended,
            ended ? UPDATED : null,
            TAGS,
            CREATED,
            UPDATED);
    var cause =
        kind == RecurringTaskEvent.Kind.UPDATED
            ? Cause.occurrence(TEMPLATE, "2026-11-23T09:00:00")
            : Cause.user(USER);
    return new RecurringTaskEvent(kind, version, changed, template, cause);
  }

  private static TagEvent tag(TagEvent.Kind kind) {
    return new TagEvent(
        kind, new TagEvent.Tag(TAG, USER, "home", "#007bff", CREATED, UPDATED), Cause.user(USER));
  }
}
