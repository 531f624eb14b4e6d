package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/**
 * Every committed change is on {@code task-events} exactly once, in order for a task, with no
 * version missing, and nothing is there that did not commit. Compares the log with the versions in
 * the database, which must be at rest.
 */
final class TaskEventsChecker {

  private final Installation installation;

  private record Row(String id, long version, String title, boolean isComplete) {}

  private record Last(long version, boolean deleted, JsonNode task) {}

  TaskEventsChecker(Installation installation) {
    this.installation = installation;
  }

  Verdict check() {
    var wrong = new ArrayList<String>();
    var last = new HashMap<String, Last>();
    var records = Log.read(installation.kafka().bootstrapServers(), "task-events");
    var eventIds = new HashSet<String>();
    for (var record : records) {
      if (!eventIds.add(Log.header(record, "ce_id"))) {
        wrong.add("twice on the log: " + describe(record));
      }
      var type = Log.header(record, "ce_type");
      if (type.startsWith("task.") && !type.equals("task.snapshot")) {
        follow(record, type, last, wrong);
      }
    }
    compare(last, wrong);
    return new Verdict(
        "task-events",
        "%d records of %d tasks on the log".formatted(records.size(), last.size()),
        wrong);
  }

  private static void follow(
      ConsumerRecord<String, String> record,
      String type,
      Map<String, Last> last,
      List<String> wrong) {
    var body = EventJson.MAPPER.readTree(record.value());
    long version = body.get("version").asLong();
    var before = last.get(record.key());
    long expected = before == null ? 1 : before.version() + 1;
    if (version != expected) {
      wrong.add("expected version " + expected + ", found " + describe(record));
    }
    if (before == null != type.equals("task.created")) {
      wrong.add("the first event of a task is its creation, and no other is: " + describe(record));
    }
    if (before != null && before.deleted()) {
      wrong.add("after the deletion: " + describe(record));
    }
    last.put(record.key(), new Last(version, type.equals("task.deleted"), body.get("task")));
  }

  private void compare(Map<String, Last> last, List<String> wrong) {
    var rows =
        installation
            .jdbc()
            .sql("SELECT id, version, title, is_complete FROM tasks")
            .query(Row.class)
            .list();
    Set<String> alive = new HashSet<>();
    for (var row : rows) {
      alive.add(row.id());
      var published = last.get(row.id());
      if (published == null) {
        wrong.add("task " + row.id() + " is in the database and not on the log");
      } else if (published.deleted() || published.version() != row.version()) {
        wrong.add(
            "task %s has version %d in the database, %d on the log%s"
                .formatted(
                    row.id(),
                    row.version(),
                    published.version(),
                    published.deleted() ? ", where it is deleted" : ""));
      } else if (!published.task().get("title").asString().equals(row.title())
          || published.task().get("is_complete").asBoolean() != row.isComplete()) {
        wrong.add("task " + row.id() + " differs between the database and its last event");
      }
    }
    last.forEach(
        (id, published) -> {
          if (!published.deleted() && !alive.contains(id)) {
            wrong.add("task " + id + " is on the log, undeleted, and not in the database");
          }
        });
  }

  private static String describe(ConsumerRecord<String, String> record) {
    return "%s of %s at %s-%d@%d: %s"
        .formatted(
            Log.header(record, "ce_type"),
            record.key(),
            record.topic(),
            record.partition(),
            record.offset(),
            record.value().substring(0, Math.min(80, record.value().length())));
  }
}
