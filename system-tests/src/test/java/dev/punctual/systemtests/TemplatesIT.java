package dev.punctual.systemtests;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Templates that requests change while workers fire them: nothing is lost, nothing comes twice. */
class TemplatesIT {

  private static final Together PUNCTUAL = new Together();

  static {
    PUNCTUAL.startWorker();
  }

  private final Together.User alice = PUNCTUAL.user("alice" + System.nanoTime());
  private final LocalDateTime now = LocalDateTime.now(UTC).truncatedTo(SECONDS);

  @AfterAll
  static void stop() {
    PUNCTUAL.close();
  }

  @Test
  void what_people_mean_is_accepted_and_has_an_occurrence() {
    var monday = "2099-11-02T09:00:00";
    var templates =
        Map.of(
            "every weekday", "2099-11-02T09:00:00Z",
            "last working day of the month", "2099-11-30T09:00:00Z",
            "every third friday", "2099-11-20T09:00:00Z",
            "every 2 weeks on tuesday and thursday until march 2100", "2099-11-03T09:00:00Z");
    templates.forEach(
        (text, first) -> {
          var id = template(Map.of("text", text), monday);
          assertThat(shown(id, "next_due_at")).as(text).isEqualTo(first);
        });
    // The fifth goes by what was done, so it is a task's own rule.
    var task =
        alice.post(
            "/api/tasks",
            Map.of(
                "title",
                "Water",
                "due_date",
                now.plusDays(9).toInstant(UTC).toString(),
                "recurrence_rule",
                Map.of("text", "three days after I finish it")));
    alice.post("/api/tasks/" + task + "/complete", null);
    await()
        .atMost(Together.SOON)
        .until(
            () ->
                PUNCTUAL
                        .texts("SELECT id FROM tasks WHERE series_id = ? AND NOT is_complete", task)
                        .size()
                    == 1);
  }

  @Test
  void what_fell_into_a_pause_is_not_made_up_and_what_was_due_before_and_after_it_is() {
    var id = template(rdates(4, 8, 14), at(0));
    await().atMost(Together.SOON).until(() -> ledger(id).size() == 1);
    alice.post("/api/recurring-tasks/" + id + "/pause", null);
    await().atMost(Together.SOON).until(() -> LocalDateTime.now(UTC).isAfter(now.plusSeconds(9)));

    alice.post("/api/recurring-tasks/" + id + "/resume", null);

    await().atMost(Together.SOON).until(() -> ledger(id).size() == 2);
    assertThat(ledger(id)).containsExactly(at(4) + " spawned", at(14) + " spawned");
  }

  @Test
  void edits_at_the_very_instant_lose_nothing_and_double_nothing() {
    var ids = IntStream.range(0, 10).mapToObj(i -> template(rdates(6), at(0))).toList();
    int title = 0;
    while (LocalDateTime.now(UTC).isBefore(now.plusSeconds(8))) {
      for (var id : ids) {
        // Another rule each time, by which the same occurrence is due.
        var rule = Map.of("frequency", "daily", "count", 10 + title++, "rdates", List.of(at(6)));
        alice.patch("/api/recurring-tasks/" + id, Map.of("recurrence_rule", rule));
      }
    }
    PUNCTUAL.settle();

    for (var id : ids) {
      assertThat(ledger(id)).containsExactly(at(6) + " spawned");
      assertThat(PUNCTUAL.texts("SELECT id FROM tasks WHERE recurring_task_id = ?", id)).hasSize(1);
    }
  }

  @Test
  void a_pause_at_the_very_instant_loses_nothing() {
    var ids = IntStream.range(0, 20).mapToObj(i -> template(rdates(6), at(0))).toList();
    await().atMost(Together.SOON).until(() -> LocalDateTime.now(UTC).isAfter(now.plusSeconds(6)));
    ids.forEach(id -> alice.post("/api/recurring-tasks/" + id + "/pause", null));
    PUNCTUAL.settle();

    for (var id : ids) {
      assertThat(ledger(id)).containsExactly(at(6) + " spawned");
      assertThat(shown(id, "is_active")).isEqualTo("false");
    }
  }

  @Test
  void a_user_who_changes_zones_while_templates_fire_gets_each_local_time_once() {
    var ids = IntStream.range(0, 10).mapToObj(i -> following(rdates(6))).toList();
    var zones = List.of("Africa/Lagos", "UTC");
    for (int i = 0; LocalDateTime.now(UTC).isBefore(now.plusSeconds(8)); i++) {
      alice.moveTo(zones.get(i % 2));
    }
    PUNCTUAL.settle();

    ids.forEach(id -> assertThat(ledger(id)).containsExactly(at(6) + " spawned"));
  }

  @Test
  void requests_beside_workers_that_start_with_the_zones_rules_leave_every_template_right() {
    var ids =
        IntStream.range(0, 30)
            .mapToObj(i -> template(Map.of("frequency", "daily"), "2099-07-01T09:00:00"))
            .toList();
    var requests =
        CompletableFuture.supplyAsync(
            () ->
                Stream.of("pause", "skip", "resume", "skip")
                    .flatMap(action -> ids.stream().map(id -> id + "/" + action))
                    .map(path -> alice.status("POST", "/api/recurring-tasks/" + path, null))
                    .distinct()
                    .toList());
    // As a worker with older rules writes them, again and again.
    var olderWorker =
        CompletableFuture.runAsync(
            () -> {
              while (!requests.isDone()) {
                ids.forEach(TemplatesIT::storeAnHourOff);
              }
            });
    var started = new ArrayList<>(List.of(PUNCTUAL.startWorker()));
    assertThat(requests.join()).containsExactly(200);
    olderWorker.join();
    started.add(PUNCTUAL.startWorker());

    await()
        .atMost(Together.SOON)
        .untilAsserted(
            () ->
                assertThat(
                        PUNCTUAL.texts(
                            """
                            SELECT DISTINCT concat_ws(' ', r.next_due_at AT TIME ZONE 'UTC', t.fire_at = r.next_due_at)
                            FROM recurring_tasks r LEFT JOIN timers t ON t.kind = 'template' AND t.id = r.id
                            WHERE r.id = ANY(string_to_array(?, ','))
                            """,
                            String.join(",", ids)))
                    .containsExactly("2099-07-03 09:00:00 t"));
    started.forEach(PUNCTUAL::stop);
  }

  private static void storeAnHourOff(String id) {
    PUNCTUAL
        .database()
        .transactions()
        .executeWithoutResult(
            status -> {
              PUNCTUAL.texts("SELECT id FROM recurring_tasks WHERE id = ? FOR UPDATE", id);
              PUNCTUAL
                  .database()
                  .jdbc()
                  .sql(
                      """
                      WITH off AS (
                        UPDATE recurring_tasks SET next_due_at = date_trunc('day', next_due_at, 'UTC') + interval '10 hours'
                        WHERE id = :id RETURNING next_due_at)
                      UPDATE timers SET fire_at = off.next_due_at FROM off WHERE id = :id
                      """)
                  .param("id", id)
                  .update();
            });
  }

  /** A rule that happens so many seconds after this test has begun, and then daily. */
  private Map<String, Object> rdates(int... seconds) {
    return Map.of(
        "frequency", "daily", "rdates", IntStream.of(seconds).mapToObj(this::at).toList());
  }

  private String at(int seconds) {
    return ISO_LOCAL_DATE_TIME.format(now.plusSeconds(seconds));
  }

  private String template(Map<String, ?> rule, String start) {
    return alice.post(
        "/api/recurring-tasks",
        Map.of("title", "Water", "recurrence_rule", rule, "start_at", start, "time_zone", "UTC"));
  }

  private String following(Map<String, ?> rule) {
    return alice.post(
        "/api/recurring-tasks",
        Map.of("title", "Water", "recurrence_rule", rule, "start_at", at(0)));
  }

  private String shown(String id, String field) {
    return alice.get("/api/recurring-tasks/" + id).path(field).asString();
  }

  private static List<String> ledger(String id) {
    return PUNCTUAL.texts(
        """
        SELECT to_char(occurrence, 'YYYY-MM-DD"T"HH24:MI:SS') || ' ' || state FROM occurrences
        WHERE series_id = ? ORDER BY occurrence
        """,
        id);
  }
}
