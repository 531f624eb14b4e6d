package dev.punctual.timer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.EventJson;
import dev.punctual.event.TimerSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JacksonException;

/** Reads hints from records: {@code timer.set}, and {@code task.completed} of a recurring task. */
final class HintRecords {

  private final Set<TimerKind> kinds;
  private final DatabaseClock clock;

  HintRecords(Set<TimerKind> kinds, DatabaseClock clock) {
    this.kinds = kinds;
    this.clock = clock;
  }

  Set<TimerKind> kinds() {
    return kinds;
  }

  /**
   * The hint in a record, if it has one for this worker.
   *
   * @throws Unreadable if the record is of a type that has a hint, and none can be read from it
   */
  Optional<Hint> read(ConsumerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader("ce_type");
    var type = header == null ? "" : new String(header.value(), UTF_8);
    try {
      return switch (type) {
        case "timer.set" -> timerSet(record).filter(hint -> kinds.contains(hint.kind()));
        case "task.completed" ->
            kinds.contains(TimerKind.SUCCESSOR) && clock.isKnown()
                ? taskCompleted(record)
                : Optional.empty();
        default -> Optional.empty();
      };
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new Unreadable(type, e);
    }
  }

  private static Optional<Hint> timerSet(ConsumerRecord<byte[], byte[]> record) {
    var event = EventJson.MAPPER.readValue(record.value(), TimerSet.class);
    var kind = TimerKind.of(event.timerKind());
    return Optional.of(new Hint(event.fireAt(), event.fireAt(), kind, required(event.timerId())));
  }

  /** The successor of a completed task is owed at once. */
  private Optional<Hint> taskCompleted(ConsumerRecord<byte[], byte[]> record) {
    var task = EventJson.MAPPER.readTree(record.value()).path("task");
    if (task.path("recurrence_rule").isNull()) {
      return Optional.empty();
    }
    var id = task.path("id").asString();
    return Optional.of(Hint.of(new Timer(TimerKind.SUCCESSOR, required(id), clock.now())));
  }

  private static String required(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The timer's id is empty.");
    }
    return id;
  }

  /** A record that should have held a hint. */
  static final class Unreadable extends RuntimeException {

    Unreadable(String type, Exception cause) {
      super("No hint can be read from this %s: %s".formatted(type, cause.getMessage()), cause);
    }
  }
}
