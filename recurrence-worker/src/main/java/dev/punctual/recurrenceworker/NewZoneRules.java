package dev.punctual.recurrenceworker;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Computes {@code next_due_at} of every template again, since the zones' rules may be newer than
 * those that it was computed with. The local time is kept, the instant follows. May be cut off and
 * run again, also by several workers at once: a template that is right is left alone.
 */
@Component
class NewZoneRules {

  private static final Logger log = LoggerFactory.getLogger(NewZoneRules.class);
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Templates templates;
  private final Timers timers;
  private final Outbox outbox;

  NewZoneRules(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Templates templates,
      Timers timers,
      Outbox outbox) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.templates = templates;
    this.timers = timers;
    this.outbox = outbox;
  }

  /**
   * Does it unless newer rules than these are known. Each worker that starts does it, also with
   * rules that are known already: while workers are replaced one by one, one with older rules goes
   * on writing {@code next_due_at} after the first with newer ones has been through.
   *
   * @param version of the rules that this JVM has, such as 2026b
   * @return how many templates were moved
   */
  int runOnce(String version) {
    Optional<String> known =
        jdbc.sql("SELECT max(version COLLATE \"C\") FROM zone_rules")
            .query(String.class)
            .optional();
    if (known.filter(newest -> newest.compareTo(version) > 0).isPresent()) {
      return 0;
    }
    int moved = 0;
    String last = "";
    while (last != null) {
      String after = last;
      var batch = transaction.execute(status -> batch(after));
      moved += batch.moved();
      last = batch.last();
    }
    jdbc.sql("INSERT INTO zone_rules (version) VALUES (:version) ON CONFLICT DO NOTHING")
        .param("version", version)
        .update();
    log.info(
        "The zones' rules are those of {} (before: {}): next_due_at has moved for {} recurring tasks",
        version,
        known.orElse("not known"),
        moved);
    return moved;
  }

  private record Batch(int moved, @Nullable String last) {}

  private Batch batch(String after) {
    List<String> page = templates.after(after, BATCH);
    if (page.isEmpty()) {
      return new Batch(0, null);
    }
    Map<Template, Instant> moves = moves(page);
    if (!moves.isEmpty()) {
      // Only these are locked, and looked at again: requests and firing may have been quicker.
      List<String> ids = moves.keySet().stream().map(Template::id).toList();
      templates.lockToMove(ids);
      moves = moves(ids);
      move(moves);
    }
    return new Batch(moves.size(), page.get(page.size() - 1));
  }

  private Map<Template, Instant> moves(List<String> ids) {
    Map<Template, Instant> moves = new LinkedHashMap<>();
    for (Template template : templates.notEnded(ids)) {
      Instant due = nextDueAt(template);
      if (!due.equals(template.nextDueAt())) {
        moves.put(template, due);
      }
    }
    return moves;
  }

  /** One that cannot be computed is left as it is: it is parked when it fires, with the reason. */
  private static Instant nextDueAt(Template template) {
    try {
      return template.calendar().nextDueAt();
    } catch (RuntimeException e) {
      log.warn("Template {} keeps its next_due_at: {}", template.id(), e.getMessage());
      return template.nextDueAt();
    }
  }

  private void move(Map<Template, Instant> moves) {
    if (moves.isEmpty()) {
      return;
    }
    Instant updatedAt = templates.move(moves);
    outbox.append(
        moves.entrySet().stream().map(m -> moved(m.getKey(), m.getValue(), updatedAt)).toList());
    timers.set(
        moves.entrySet().stream()
            .filter(m -> m.getKey().isActive())
            .map(
                m ->
                    new Timer(
                        TimerKind.TEMPLATE, m.getKey().id(), m.getKey().firesFor(m.getValue())))
            .toList());
  }

  private static RecurringTaskEvent moved(Template template, Instant due, Instant updatedAt) {
    return new RecurringTaskEvent(
        RecurringTaskEvent.Kind.UPDATED,
        template.version() + 1,
        List.of("next_due_at"),
        template.at(due, updatedAt),
        Cause.occurrence(
            template.id(), ISO_LOCAL_DATE_TIME.format(template.calendar().local(due))));
  }
}
