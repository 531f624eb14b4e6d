package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write that was acknowledged is there after any crash: the row has its version or a later one,
 * and the event of its version says what the answer said. A create that was sent again made one
 * task.
 */
final class AcknowledgedWritesChecker {

  private final List<String> wrong = new ArrayList<>();

  Verdict check(
      Collection<Acknowledged> acknowledged, List<Told> log, List<TaskEventsChecker.Row> rows) {
    var events = new HashMap<String, Map<Long, Told>>();
    var createdFor = new HashMap<String, String>();
    for (var event : log) {
      if (Subject.of(event).filter(Subject.TASK::equals).isEmpty()) {
        continue;
      }
      events.computeIfAbsent(event.key(), key -> new HashMap<>()).put(event.version(), event);
      var title = event.body().path("task").path("title").asString();
      if (event.is("task.created") && title.startsWith(Acknowledged.KEY)) {
        var other = createdFor.put(title, event.key());
        if (other != null && !other.equals(event.key())) {
          wrong.add("the create %s made two tasks: %s, %s".formatted(title, other, event.key()));
        }
      }
    }
    var versions = new HashMap<String, Long>();
    rows.stream()
        .filter(row -> row.subject() == Subject.TASK)
        .forEach(row -> versions.put(row.id(), row.version()));
    acknowledged.forEach(
        write ->
            check(
                write,
                events.getOrDefault(write.taskId(), Map.of()),
                versions.get(write.taskId())));
    return new Verdict("acknowledged writes", acknowledged.size() + " tasks", wrong);
  }

  private void check(Acknowledged write, Map<Long, Told> events, @Nullable Long version) {
    var deletion = events.values().stream().filter(Subject.TASK::isDeletion).findAny();
    if (write.isDeletion()) {
      if (version != null || deletion.isEmpty()) {
        wrong.add("lost: the acknowledged deletion of " + write.taskId());
      }
      return;
    }
    long reached = version != null ? version : deletion.map(Told::version).orElse(0L);
    if (reached < write.version()) {
      wrong.add(
          "lost: version %d of task %s was acknowledged, the database has %d"
              .formatted(write.version(), write.taskId(), reached));
    }
    var event = events.get(write.version());
    if (event == null) {
      wrong.add(
          "lost: no event of version %d of task %s".formatted(write.version(), write.taskId()));
    } else {
      var answered = EventJson.MAPPER.readTree(write.answered());
      var differing = States.differing(answered, Subject.TASK.state(event));
      if (!differing.isEmpty()) {
        wrong.add("it was acknowledged otherwise in %s: %s".formatted(differing, event));
      }
    }
  }
}
