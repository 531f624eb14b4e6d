package dev.punctual.systemtests;

import java.util.ArrayList;
import java.util.List;

/**
 * Every due occurrence yields exactly one task: every template whose first occurrence is past has
 * spawned it once, and every completed recurring task has one successor. The database must be at
 * rest.
 */
final class OccurrencesChecker {

  private final Installation installation;

  OccurrencesChecker(Installation installation) {
    this.installation = installation;
  }

  /** Judges templates whose first occurrence, and only that, is past. */
  Verdict check() {
    var wrong = new ArrayList<String>();
    ids("""
            SELECT r.id FROM recurring_tasks r
            WHERE r.start_at AT TIME ZONE coalesce(r.time_zone, 'UTC') < now() - interval '5 seconds'
              AND (SELECT count(*) FROM tasks t WHERE t.recurring_task_id = r.id) <> 1
            """)
        .forEach(id -> wrong.add("template " + id + " has not exactly one task"));
    ids("""
            SELECT t.id FROM tasks t
            WHERE t.is_complete AND t.recurrence_rule IS NOT NULL AND t.completed_at < now() - interval '5 seconds'
              AND (SELECT count(*) FROM tasks s JOIN occurrences o ON o.task_id = s.id
                   WHERE o.predecessor = t.id AND o.state = 'spawned') <> 1
            """)
        .forEach(id -> wrong.add("completed task " + id + " has not exactly one successor"));
    ids("SELECT id FROM timers WHERE kind <> 'reminder' AND fire_at < now() - interval '5 seconds'")
        .forEach(id -> wrong.add("the timer of " + id + " is overdue"));
    var spawned = ids("SELECT task_id FROM occurrences WHERE state = 'spawned'").size();
    return new Verdict("occurrences", spawned + " spawned", wrong);
  }

  private List<String> ids(String sql) {
    return installation.jdbc().sql(sql).query(String.class).list();
  }
}
