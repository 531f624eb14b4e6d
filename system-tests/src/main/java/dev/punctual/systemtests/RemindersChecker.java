package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every due reminder yields exactly one notification, never early. Compares the log, the table of
 * notifications and the tasks; the database must be at rest, and every reminder's instant past.
 */
final class RemindersChecker {

  private final Installation installation;

  private record Row(String id, String taskId, Instant firedAt, long earlyMicros, long lateByMs) {}

  RemindersChecker(Installation installation) {
    this.installation = installation;
  }

  /** Judges all reminders; the lateness it reports is of those fired since an instant. */
  Verdict check(Instant since) {
    var jdbc = installation.jdbc();
    var wrong = new ArrayList<String>();
    var published = published(wrong);
    var rows =
        jdbc.sql(
                """
                SELECT id, task_id, fired_at, (extract(epoch FROM remind_at - fired_at) * 1000000)::bigint AS early_micros, late_by_ms
                FROM notifications
                """)
            .query(Row.class)
            .list();
    for (var row : rows) {
      if (published.remove(row.id()) == null) {
        wrong.add("notification " + row.id() + " is in the database and not on the log");
      }
      if (row.earlyMicros() > 0) {
        wrong.add("notification " + row.id() + " fired " + row.earlyMicros() + " µs early");
      }
    }
    published.forEach(
        (id, task) -> wrong.add("reminder of " + task + " is on the log and not in the database"));
    missing(jdbc).forEach(task -> wrong.add("the reminder of " + task + " never fired"));
    return new Verdict("reminders", rows.size() + " fired, " + lateness(rows, since), wrong);
  }

  private Map<String, String> published(List<String> wrong) {
    var published = new HashMap<String, String>();
    for (var record : Log.read(installation.kafka().bootstrapServers(), "notifications")) {
      var id = EventJson.MAPPER.readTree(record.value()).get("notification_id").asString();
      if (published.put(id, record.key()) != null) {
        wrong.add("the reminder of " + record.key() + " is on the log twice");
      }
    }
    return published;
  }

  /**
   * Timers left behind, and tasks that were open all along, whose instant passed without a
   * notification.
   */
  private List<String> missing(JdbcClient jdbc) {
    var everCompleted =
        Log.read(installation.kafka().bootstrapServers(), "task-events").stream()
            .filter(record -> Log.header(record, "ce_type").equals("task.completed"))
            .map(ConsumerRecord::key)
            .collect(Collectors.toSet());
    return jdbc.sql(
            """
            SELECT id FROM timers WHERE kind = 'reminder' AND fire_at < now() - interval '5 seconds'
            UNION
            SELECT t.id FROM tasks t
            WHERE NOT t.is_complete AND t.remind_at < now() - interval '5 seconds' AND NOT t.id = ANY(:everCompleted)
              AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.task_id = t.id AND n.remind_at = t.remind_at)
            """)
        .param("everCompleted", everCompleted.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  private static String lateness(List<Row> rows, Instant since) {
    var sorted =
        rows.stream()
            .filter(row -> row.firedAt().isAfter(since))
            .mapToLong(Row::lateByMs)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return "none now";
    }
    return "now "
        + sorted.length
        + ", late by p50 %d ms, p99 %d ms, at most %s"
            .formatted(
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                Duration.ofMillis(sorted[sorted.length - 1]));
  }
}
