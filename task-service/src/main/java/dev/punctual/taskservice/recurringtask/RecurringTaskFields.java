package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.RecurringTask;
import dev.punctual.event.Task;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.recurrence.Rules;
import dev.punctual.taskservice.tag.Tags;
import dev.punctual.taskservice.task.TaskView;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What a client decides about a recurring task. */
record RecurringTaskFields(
    String title,
    @Nullable String description,
    String priority,
    JsonNode recurrenceRule,
    @Nullable LocalDateTime startAt,
    @Nullable String timeZone,
    String catchUp,
    String overlap,
    Duration leadTime,
    @Nullable Duration remindBefore,
    Set<String> tags) {

  private static final List<String> CATCH_UP = List.of("latest", "all", "none");
  private static final List<String> OVERLAP = List.of("allow", "skip");
  private static final Duration LONGEST = Duration.ofDays(366);

  /** A new one, but for its title and its rule. */
  static final RecurringTaskFields BLANK =
      new RecurringTaskFields(
          "",
          null,
          "medium",
          NullNode.getInstance(),
          null,
          null,
          "latest",
          "allow",
          Duration.ZERO,
          null,
          Set.of());

  static RecurringTaskFields of(RecurringTask template) {
    return new RecurringTaskFields(
        template.title(),
        template.description(),
        template.priority(),
        template.recurrenceRule(),
        template.startAt(),
        template.timeZone(),
        template.catchUp(),
        template.overlap(),
        template.leadTime(),
        template.remindBefore(),
        new TreeSet<>(template.tags().stream().map(Task.TagRef::name).toList()));
  }

  /**
   * Reads a request; a field that is absent is as in {@code absent}, but a new template whose tasks
   * remind appears early enough for it. Nothing else is checked yet.
   */
  static RecurringTaskFields read(Fields fields, RecurringTaskFields absent) {
    var zone = absent.timeZone == null ? null : ZoneId.of(absent.timeZone);
    var readZone = fields.nullable("time_zone", FieldReader.zone(), zone);
    var remindBefore =
        fields.nullable("remind_before", FieldReader.duration(LONGEST), absent.remindBefore);
    var usualLead = absent.equals(BLANK) && remindBefore != null ? remindBefore : absent.leadTime;
    var leadTime = fields.value("lead_time", FieldReader.duration(LONGEST), usualLead);
    var startAt = fields.nullable("start_at", FieldReader.localDateTime(), absent.startAt);
    var startDay = startAt == null ? null : startAt.toLocalDate();
    boolean asked = fields.has("remind_before") || fields.has("lead_time");
    if (asked && remindBefore != null && remindBefore.compareTo(leadTime) > 0) {
      fields.refuse(
          "remind_before",
          "is longer than lead_time, which is %s: the task would appear after its reminder; make lead_time at least %s"
              .formatted(leadTime, remindBefore));
    }
    return new RecurringTaskFields(
        fields.value("title", FieldReader.name(200), absent.title),
        fields.nullable("description", FieldReader.text(2000), absent.description),
        fields.value("priority", FieldReader.oneOf(TaskView.PRIORITIES), absent.priority),
        fields.value(Rules.FIELD, Rules.calendarRule(startDay), absent.recurrenceRule),
        startAt,
        readZone == null ? null : readZone.getId(),
        fields.value("catch_up", FieldReader.oneOf(CATCH_UP), absent.catchUp),
        fields.value("overlap", FieldReader.oneOf(OVERLAP), absent.overlap),
        leadTime,
        remindBefore,
        new TreeSet<>(fields.value("tags", Tags.names(), List.copyOf(absent.tags))));
  }

  /** Whether the two come at the same instants. */
  boolean comesAs(RecurringTaskFields other) {
    return recurrenceRule.equals(other.recurrenceRule)
        && Objects.equals(startAt, other.startAt)
        && Objects.equals(timeZone, other.timeZone);
  }
}
