package dev.punctual.benchmarks;

import dev.punctual.event.Cause;
import dev.punctual.event.Task;
import dev.punctual.event.TaskEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** The events that are sent: of an ordinary task, about 700 bytes each. */
final class Tasks {

  private static final Instant CREATED = Instant.parse("2026-11-22T08:00:00.123456Z");
  private static final String ID = "01900000-0000-7000-8000-";
  static final String USER = "01900000-0000-7000-9000-000000000001";
  private static final int EVENTS_PER_TASK = 10;

  private Tasks() {}

  /** The event with this number: one task each, so that the key gives the number back. */
  static TaskEvent numbered(int number) {
    return created(ID + "%012d".formatted(number));
  }

  static int numberOf(byte[] key) {
    int number = 0;
    for (int i = ID.length(); i < key.length; i++) {
      number = number * 10 + key[i] - '0';
    }
    return number;
  }

  /** A backlog: ten changes of each task. */
  static List<TaskEvent> backlog(int size) {
    return IntStream.range(0, size).mapToObj(n -> numbered(n % (size / EVENTS_PER_TASK))).toList();
  }

  private static TaskEvent created(String id) {
    var tags = List.of(new Task.TagRef("01900000-0000-7000-a000-000000000001", "home"));
    var task =
        new Task(
            id,
            USER,
            "Water the plants on the balcony",
            "The basil needs more than the others; the can stands behind the door.",
            false,
            null,
            "medium",
            CREATED.plusSeconds(86_400),
            CREATED.plusSeconds(82_800),
            Task.Reminder.only(CREATED.plusSeconds(82_800)),
            null,
            null,
            null,
            tags,
            CREATED,
            CREATED);
    return new TaskEvent(TaskEvent.Kind.CREATED, 1, List.of(), task, Cause.user(USER));
  }
}
