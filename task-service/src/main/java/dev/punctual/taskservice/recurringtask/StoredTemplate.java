package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.RecurringTask;
import java.time.Instant;

/**
 * A template as the table holds it.
 *
 * @param handled how many of its occurrences were spawned, skipped or missed since its rule was
 *     last changed
 * @param readAt when it was read, by the database's clock: the clock that its timer fires by
 */
record StoredTemplate(RecurringTask template, long version, int handled, Instant readAt) {

  String id() {
    return template.id();
  }
}
