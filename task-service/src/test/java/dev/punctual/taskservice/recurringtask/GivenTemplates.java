package dev.punctual.taskservice.recurringtask;

import dev.punctual.taskservice.ApiUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The templates of a user. */
record GivenTemplates(ApiUser user) {

  static final String PATH = "/api/recurring-tasks";

  static String path(String id) {
    return PATH + "/" + id;
  }

  /** A body: every day at nine in Berlin, from July 2099 on. */
  static Map<String, Object> daily(Map<String, ?> more) {
    Map<String, Object> fields =
        new HashMap<>(
            Map.of(
                "title", "Water the plants",
                "recurrence_rule", Map.of("frequency", "daily"),
                "start_at", "2099-07-01T09:00:00",
                "time_zone", "Europe/Berlin"));
    fields.putAll(more);
    return fields;
  }

  /** Creates a daily one and returns its id. */
  String create() {
    return user.post(PATH, daily(Map.of())).is(201).body().path("id").asString();
  }

  Optional<Instant> timer(String id) {
    return user.rows().timer("template", id);
  }
}
