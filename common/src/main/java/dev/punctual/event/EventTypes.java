package dev.punctual.event;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Every CloudEvents type of the contract, and how its data is read. */
final class EventTypes {

  static final Map<String, Function<byte[], Event>> READERS = readers();

  private EventTypes() {}

  private static Map<String, Function<byte[], Event>> readers() {
    Map<String, Function<byte[], Event>> readers = new HashMap<>();
    for (var kind : TaskEvent.Kind.values()) {
      readers.put(kind.type(), json -> read(json, TaskEvent.class).as(kind));
    }
    for (var kind : RecurringTaskEvent.Kind.values()) {
      readers.put(kind.type(), json -> read(json, RecurringTaskEvent.class).as(kind));
    }
    for (var kind : TagEvent.Kind.values()) {
      readers.put(kind.type(), json -> read(json, TagEvent.class).as(kind));
    }
    readers.put("user.deleted", json -> read(json, UserEvent.class));
    readers.put("timer.set", json -> read(json, TimerSet.class));
    readers.put("reminder.due", json -> read(json, ReminderDue.class));
    return Map.copyOf(readers);
  }

  private static <E> E read(byte[] json, Class<E> type) {
    return EventJson.MAPPER.readValue(json, type);
  }
}
