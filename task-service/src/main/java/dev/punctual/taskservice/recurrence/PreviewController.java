package dev.punctual.taskservice.recurrence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.Occurrences;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Says what a rule will do, with the code that later does it. */
@RestController
class PreviewController {

  private static final int MOST = 100;

  private final Users users;
  private final InstantSource clock;

  PreviewController(Users users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /**
   * What a rule will do.
   *
   * @param recurrenceRule the rule as it would be saved
   * @param ends whether the rule itself bounds its occurrences
   */
  record Preview(
      JsonNode recurrenceRule,
      String timeZone,
      List<Shown> occurrences,
      boolean ends,
      String description) {}

  /** One occurrence. */
  record Shown(
      LocalDateTime local,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note) {

    static Shown of(Occurrence occurrence) {
      var note = occurrence.note();
      return new Shown(
          occurrence.local(),
          occurrence.at(),
          note == null ? null : note.name().toLowerCase(Locale.ROOT));
    }
  }

  @PostMapping(path = "/api/recurrence/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  Preview preview(CurrentUser user, Fields fields) {
    fields.require(Rules.FIELD);
    var wantedStart = fields.nullable("start", FieldReader.localDateTime(), null);
    var startDay = wantedStart == null ? null : wantedStart.toLocalDate();
    var json = fields.value(Rules.FIELD, Rules.rule(startDay), NullNode.getInstance());
    var wantedZone = fields.nullable("time_zone", FieldReader.zone(), null);
    var after = fields.nullable("after", FieldReader.instant(), null);
    int count = fields.value("count", FieldReader.integer(1, MOST), 12);
    if (json.isObject() && !json.has("cron") && wantedStart == null && !fields.isRefused("start")) {
      fields.refuse(
          "start",
          "is required with this recurrence_rule, which counts from it; write the first due date such as 2026-11-02T09:00:00");
    }
    fields.check();
    var zone = wantedZone == null ? users.zone(user) : wantedZone;
    var start =
        wantedStart == null
            ? LocalDateTime.ofInstant(
                after == null ? clock.instant() : after, Rules.zone(json, zone))
            : wantedStart;
    var rule = Rules.happening(json, start, zone);
    return preview(json, rule, rule.occurrences(start, zone), after, count);
  }

  private static Preview preview(
      JsonNode json,
      RecurrenceRule rule,
      Occurrences occurrences,
      @Nullable Instant after,
      int count) {
    var shown = after == null ? occurrences.first(count) : occurrences.next(after, count);
    return new Preview(
        json,
        occurrences.zone().getId(),
        shown.stream().map(Shown::of).toList(),
        occurrences.ends(),
        rule.describe());
  }
}
