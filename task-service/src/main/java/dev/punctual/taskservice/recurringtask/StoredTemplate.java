package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.RecurringTask;

/**
 * A template as the table holds it.
 *
 * @param handled how many of its occurrences were spawned, skipped or missed
 */
record StoredTemplate(RecurringTask template, long version, int handled) {

  String id() {
    return template.id();
  }
}
