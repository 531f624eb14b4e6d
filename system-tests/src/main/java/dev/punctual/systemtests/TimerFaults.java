package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Scene;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What users do to timers: many at one instant, edits at the very instant, a lock held, an effect
 * that fails.
 */
final class TimerFaults {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TimerFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault("one-instant", "many reminders at one instant", TimerFaults::oneInstant),
        new NamedFault(
            "edit-at-instant",
            "reminders are moved, completed and deleted at their instant",
            TimerFaults::editAtInstant),
        new NamedFault(
            "locked-task",
            "an edit keeps a task locked while many others are due",
            TimerFaults::lockedTask),
        new NamedFault(
            "poison-timer",
            "one timer's effect always fails: it is parked, the others fire",
            TimerFaults::poisonTimer));
  }

  private static void oneInstant(Scene scene) {
    int many = scene.extent().times(200, 20_000);
    var at = Instant.now().plusMillis(2_000 + many * 8L);
    var ids = create(scene, many, at);
    awaitFired(scene, ids);
    scene.report().line(lateness(scene, ids));
  }

  private static void editAtInstant(Scene scene) {
    int many = scene.extent().times(60, 3_000);
    for (int done = 0; done < many; done += 30) {
      var at = Instant.now().plusMillis(700);
      var ids = create(scene, 30, at);
      Waiting.pause(
          Duration.between(Instant.now(), at).plusMillis(scene.random().nextInt(100) - 50));
      var user = user(scene);
      for (var id : ids) {
        var path = "/api/tasks/" + id;
        switch (scene.random().nextInt(3)) {
          case 0 ->
              user.send(
                  "PATCH", service(scene), path, Map.of("remind_at", soon(Duration.ofSeconds(1))));
          case 1 -> user.send("POST", service(scene), path + "/complete", null);
          default -> user.send("DELETE", service(scene), path, null);
        }
      }
    }
  }

  private static void lockedTask(Scene scene) {
    var at = Instant.now().plusMillis(2_000);
    var ids = create(scene, scene.extent().times(50, 1_000), at);
    var locked = ids.get(0);
    var others = ids.subList(1, ids.size());
    try (var connection = scene.installation().postgres().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1 FROM tasks WHERE id = '" + locked + "' FOR UPDATE");
      awaitFired(scene, others);
      if (fired(scene, List.of(locked)) != 0) {
        throw new AssertionError("A reminder fired while an edit held its task");
      }
      Waiting.pause(scene.extent().seconds(0, 10));
      connection.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    awaitFired(scene, List.of(locked));
    scene.report().line(lateness(scene, others));
  }

  private static void poisonTimer(Scene scene) {
    var ids = create(scene, scene.extent().times(50, 1_000), Instant.now().plusMillis(2_000));
    var poison = ids.get(0);
    var jdbc = scene.installation().jdbc();
    jdbc.sql(
            """
            ALTER TABLE notifications ADD CONSTRAINT poison CHECK (task_id <> '%s') NOT VALID
            """
                .formatted(poison))
        .update();
    awaitFired(scene, ids.subList(1, ids.size()));
    Waiting.until(
        "the failing timer is parked",
        PATIENCE,
        () ->
            jdbc.sql("SELECT count(*) FROM timers_parked WHERE id = :id AND reason LIKE '%poison%'")
                    .param("id", poison)
                    .query(Long.class)
                    .single()
                == 1);
    // The cause is mended, and the timer moved back.
    jdbc.sql("ALTER TABLE notifications DROP CONSTRAINT poison").update();
    jdbc.sql(
            """
            WITH back AS (DELETE FROM timers_parked WHERE id = :id RETURNING kind, id, slot, fire_at)
            INSERT INTO timers (kind, id, slot, fire_at) SELECT kind, id, slot, fire_at FROM back
            """)
        .param("id", poison)
        .update();
    awaitFired(scene, List.of(poison));
  }

  private static List<String> create(Scene scene, int many, Instant remindAt) {
    var user = user(scene);
    var body = Map.of("title", "due", "remind_at", text(remindAt));
    return IntStream.range(0, many)
        .parallel()
        .mapToObj(n -> user.send("POST", service(scene), "/api/tasks", body))
        .map(answer -> answer.json().get("id").asString())
        .toList();
  }

  private static Api user(Scene scene) {
    return Api.as("timers@example.com", service(scene));
  }

  private static URI service(Scene scene) {
    return scene.installation().services(Installation.TASK_SERVICE).get(0).url();
  }

  private static String soon(Duration after) {
    return text(Instant.now().plus(after));
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static void awaitFired(Scene scene, List<String> ids) {
    Waiting.until(ids.size() + " reminders fire", PATIENCE, () -> fired(scene, ids) == ids.size());
  }

  private static long fired(Scene scene, List<String> ids) {
    return scene
        .installation()
        .jdbc()
        .sql("SELECT count(*) FROM notifications WHERE task_id = ANY(:ids)")
        .param("ids", ids.toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  private static String lateness(Scene scene, List<String> ids) {
    return scene
        .installation()
        .jdbc()
        .sql(
            """
            SELECT format('%s fired, late by p50 %s ms, at most %s ms', count(*),
                          percentile_disc(0.5) WITHIN GROUP (ORDER BY late_by_ms), max(late_by_ms))
            FROM notifications WHERE task_id = ANY(:ids)
            """)
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .single();
  }
}
