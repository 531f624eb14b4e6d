package dev.punctual.recurrenceworker;

import dev.punctual.recurrence.Occurrence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a template at one instant.
 *
 * @param handled the occurrences that are done with now, in their order
 * @param startAt what the rule counts from; a template that was adopted without one has it from
 *     here on
 * @param nextDueAt the next occurrence; of the last one when the template has ended
 * @param endedAt when it was found that the rule has no further occurrence; null if it has
 */
record TemplatePlan(
    List<Handled> handled, LocalDateTime startAt, Instant nextDueAt, @Nullable Instant endedAt) {

  /** An occurrence and what became of it. */
  record Handled(Occurrence occurrence, OccurrenceState state) {}

  boolean ended() {
    return endedAt != null;
  }

  /** The JSON names of the template's fields that the plan changes. */
  List<String> changedFields(Template template) {
    List<String> changed = new ArrayList<>();
    if (!nextDueAt.equals(template.nextDueAt())) {
      changed.add("next_due_at");
    }
    if (!startAt.equals(template.startAt())) {
      changed.add("start_at");
    }
    if (ended()) {
      changed.add("ended_at");
      if (template.isActive()) {
        changed.add("is_active");
      }
    }
    return changed;
  }
}
