package dev.punctual.systemtests;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;

/** Recurring tasks for the workers to spawn. */
final class Recurring {

  private Recurring() {}

  /**
   * Templates whose first occurrence falls within the next seconds, and chains with their first
   * task completed.
   */
  static void create(Installation installation, int ofEach, Random random) {
    var service = installation.readyTaskService();
    var user = Api.as("recurring@example.com", service);
    for (int i = 0; i < ofEach; i++) {
      var start =
          LocalDateTime.now(ZoneOffset.UTC)
              .plusSeconds(3 + random.nextInt(3))
              .truncatedTo(ChronoUnit.SECONDS);
      user.send(
          "POST",
          service,
          "/api/recurring-tasks",
          Map.of(
              "title",
              "template " + i,
              "recurrence_rule",
              Map.of("frequency", "daily", "interval", 1),
              "time_zone",
              "UTC",
              "start_at",
              start.toString()));
      var first =
          user.send(
              "POST",
              service,
              "/api/tasks",
              Map.of(
                  "title", "chain " + i,
                  "due_date", start.toInstant(ZoneOffset.UTC).toString(),
                  "recurrence_rule", Map.of("frequency", "weekly", "interval", 1)));
      user.send(
          "POST", service, "/api/tasks/" + first.json().get("id").asString() + "/complete", null);
    }
  }
}
