package dev.punctual.systemtests;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One of those who write: chooses by chance what to do, and takes note of each answer. */
final class Writer {

  private static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");

  /** The answer while the database is away. */
  static final int AWAY = 503;

  /** A request with the same key is under way, says the answer: the first one may have hung. */
  private static final int UNDER_WAY = 409;

  private final WriteLoad load;
  private final List<Api> users;
  private final Duration latestReminder;
  private final Random random;

  /** A task that nobody writes at present, and whose state is known. */
  record OpenTask(String id, Api owner) {}

  Writer(WriteLoad load, List<Api> users, Duration latestReminder, Random random) {
    this.load = load;
    this.users = users;
    this.latestReminder = latestReminder;
    this.random = random;
  }

  /**
   * Writes once.
   *
   * @throws IOException if it was not acknowledged, because something is away
   */
  void write() throws IOException {
    int dice = random.nextInt(100);
    var task = dice < 40 ? null : load.open().pollFirst();
    if (task == null) {
      create();
      return;
    }
    var path = "/api/tasks/" + task.id();
    if (dice < 50) {
      change(task, "DELETE", path, null);
      return;
    }
    if (dice < 65) {
      change(task, "POST", path + "/complete", null);
    } else if (dice < 75) {
      change(task, "POST", path + "/reopen", null);
    } else if (dice < 80) {
      change(task, "PATCH", path, Map.of("remind_at", soon()));
    } else if (dice < 85) {
      change(task, "PATCH", path, severalReminders());
    } else {
      change(task, "PATCH", path, Map.of("title", "changed " + random.nextInt(1_000_000)));
    }
    load.open().addLast(task);
  }

  private void create() throws IOException {
    var owner = users.get(random.nextInt(users.size()));
    var key = Acknowledged.KEY + Long.toHexString(random.nextLong());
    Map<String, Object> body = new HashMap<>(Map.of("title", key, "priority", pick()));
    switch (random.nextInt(8)) {
      case 0, 1 -> body.put("remind_at", soon());
      case 2 -> body.putAll(severalReminders());
      case 3 -> body.put("tags", List.of("tag " + random.nextInt(5)));
      default -> {}
    }
    while (true) {
      try {
        var answer = send(owner, "POST", "/api/tasks", body, Map.of("Idempotency-Key", key));
        if (answer.isAcknowledged()) {
          load.acknowledge(Acknowledged.write(answer.json()));
          load.open().addLast(new OpenTask(answer.json().get("id").asString(), owner));
          return;
        }
        if (answer.status() != AWAY && answer.status() != UNDER_WAY) {
          load.tally().unexpected("A create was answered " + answer);
          return;
        }
      } catch (IOException e) {
        if (!load.isRunning()) {
          throw e;
        }
      }
      load.pauseBeforeRetry();
      if (!load.isRunning()) {
        return;
      }
    }
  }

  /** A database that is away is answered with 503; anything but that and success is wrong. */
  private void change(OpenTask task, String method, String path, @Nullable Object body)
      throws IOException {
    var answer = send(task.owner(), method, path, body, Map.of());
    if (answer.status() == AWAY) {
      throw new IOException("The database is away");
    }
    if (!answer.isAcknowledged()) {
      load.tally().unexpected(method + " " + path + " " + body + ": " + answer);
    } else if (method.equals("DELETE")) {
      load.acknowledge(Acknowledged.deletion(task.id()));
    } else {
      load.acknowledge(Acknowledged.write(answer.json()));
    }
  }

  private Api.Answer send(
      Api owner, String method, String path, @Nullable Object body, Map<String, String> headers)
      throws IOException {
    var services = load.services();
    var service = services.get(random.nextInt(services.size()));
    long sent = System.nanoTime();
    if (!services.stream().allMatch(other -> other.undisturbed().test(sent))) {
      load.tally().disturbed();
    }
    try {
      var answer = owner.send(method, service.url(), path, body, headers);
      load.tally().answered(Duration.ofNanos(System.nanoTime() - sent));
      if (answer.isAcknowledged()) {
        load.tally().acknowledged();
      } else {
        load.tally().failed();
      }
      return answer;
    } catch (HttpTimeoutException e) {
      // Who is frozen or killed meanwhile cannot answer; who lives has to, and be it 503.
      if (service.undisturbed().test(sent)) {
        load.tally().hung(service.name() + ", " + method + " " + path);
      }
      load.tally().failed();
      throw e;
    } catch (IOException e) {
      load.tally().failed();
      throw e;
    }
  }

  private String pick() {
    return PRIORITIES.get(random.nextInt(PRIORITIES.size()));
  }

  /** Two reminders at instants, and one that moves with the due date. */
  private Map<String, Object> severalReminders() {
    return Map.of(
        "due_date",
        soon(),
        "reminders",
        List.of(Map.of("at", soon()), Map.of("before", "PT1S"), Map.of("at", soon())));
  }

  private String soon() {
    return Instant.now()
        .plusMillis(500 + random.nextLong(latestReminder.toMillis()))
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }
}
