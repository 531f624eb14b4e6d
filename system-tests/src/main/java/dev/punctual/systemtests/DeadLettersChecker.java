package dev.punctual.systemtests;

import dev.punctual.event.Topic;
import dev.punctual.event.Topics;
import java.util.ArrayList;

/**
 * Nothing is put aside: no fault that strikes a process or a server is the fault of a record. The
 * dead-letter topics and the table of parked events must be empty.
 */
final class DeadLettersChecker {

  private final Installation installation;

  DeadLettersChecker(Installation installation) {
    this.installation = installation;
  }

  Verdict check() {
    var wrong = new ArrayList<String>();
    for (var topic : Topic.values()) {
      var deadLetters = topic.baseName() + Topics.DEAD_LETTERS;
      for (var record : Log.read(installation.kafka().bootstrapServers(), deadLetters)) {
        wrong.add(
            "%s of %s is on %s"
                .formatted(Log.header(record, "ce_type"), record.key(), deadLetters));
      }
    }
    installation
        .jdbc()
        .sql("SELECT type || ' of ' || key || ' is parked: ' || reason FROM outbox_parked")
        .query(String.class)
        .list()
        .forEach(wrong::add);
    return new Verdict("dead letters", wrong.size() + " put aside", wrong);
  }
}
