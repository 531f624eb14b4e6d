package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * A create that was acknowledged is there after any crash, and one that was sent again made one
 * task.
 */
final class AcknowledgedWritesChecker {

  private final Installation installation;

  AcknowledgedWritesChecker(Installation installation) {
    this.installation = installation;
  }

  /**
   * Judges the creates of a load.
   *
   * @param acknowledged the task's id by idempotency key
   */
  Verdict check(Map<String, String> acknowledged) {
    var wrong = new ArrayList<String>();
    var createdFor = new HashMap<String, String>();
    var deleted = new HashSet<String>();
    for (var record : Log.read(installation.kafka().bootstrapServers(), "task-events")) {
      var type = Log.header(record, "ce_type");
      if (type.equals("task.deleted")) {
        deleted.add(record.key());
      }
      if (type.equals("task.created")) {
        var title = EventJson.MAPPER.readTree(record.value()).get("task").get("title").asString();
        var other = title.startsWith("load-") ? createdFor.put(title, record.key()) : null;
        if (other != null) {
          wrong.add("the create " + title + " made two tasks: " + other + ", " + record.key());
        }
      }
    }
    var rows =
        new HashSet<>(installation.jdbc().sql("SELECT id FROM tasks").query(String.class).list());
    acknowledged.forEach(
        (key, id) -> {
          if (!rows.contains(id) && !deleted.contains(id)) {
            wrong.add("the create " + key + " was acknowledged, and task " + id + " is gone");
          }
        });
    return new Verdict("acknowledged writes", acknowledged.size() + " creates", wrong);
  }
}
