package dev.punctual.timer;

import dev.punctual.event.TimerSet;
import dev.punctual.id.Slot;
import dev.punctual.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets and cancels timers in the caller's transaction, which must hold the lock of the task or
 * template that they belong to. A timer that is set and committed fires once, at its instant or as
 * soon after it as a worker lives. One that was parked because it could not be fired is forgotten:
 * what is decided now stands in its place.
 */
public final class Timers {

  /**
   * A timer due within this time is announced to the workers; they find later ones by themselves.
   * Successors are not: {@code task.completed} announces them.
   */
  static final Duration ANNOUNCED = NearWindow.LENGTH.multipliedBy(2);

  private final JdbcClient jdbc;
  private final Outbox outbox;

  public Timers(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** Sets a timer, or moves the one that is set. */
  public void set(Timer timer) {
    set(List.of(timer));
  }

  /** Sets timers, or moves those that are set; at most one for each (kind, id). */
  public void set(Collection<Timer> timers) {
    if (timers.isEmpty()) {
      return;
    }
    // In the order of the key, so that two transactions never lock the same rows in opposite
    // orders.
    var sorted =
        timers.stream().sorted(Comparator.comparing(Timer::kind).thenComparing(Timer::id)).toList();
    var soon =
        jdbc
            .sql(
                """
                WITH unparked AS (
                  DELETE FROM timers_parked USING unnest(:kinds::text[], :ids::text[]) AS anew (kind, id)
                  WHERE timers_parked.kind = anew.kind AND timers_parked.id = anew.id
                )
                INSERT INTO timers (kind, id, slot, fire_at)
                SELECT * FROM unnest(:kinds::text[], :ids::text[], :slots::smallint[], :instants::timestamptz[])
                ON CONFLICT (kind, id) DO UPDATE SET fire_at = EXCLUDED.fire_at
                RETURNING kind, id, fire_at,
                  kind <> 'successor' AND fire_at < statement_timestamp() + :announced * interval '1 second' AS soon
                """)
            .param("kinds", sorted.stream().map(t -> t.kind().sqlName()).toArray(String[]::new))
            .param("ids", sorted.stream().map(Timer::id).toArray(String[]::new))
            .param("slots", sorted.stream().map(t -> (short) Slot.of(t.id())).toArray(Short[]::new))
            .param(
                "instants",
                sorted.stream()
                    .map(t -> OffsetDateTime.ofInstant(t.fireAt(), ZoneOffset.UTC).toString())
                    .toArray(String[]::new))
            .param("announced", ANNOUNCED.toSeconds())
            .query(
                (row, number) ->
                    row.getBoolean("soon")
                        ? Optional.of(
                            new TimerSet(
                                row.getString("kind"),
                                row.getString("id"),
                                row.getObject("fire_at", OffsetDateTime.class).toInstant()))
                        : Optional.<TimerSet>empty())
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    outbox.append(soon);
  }

  /** The instant for which a timer is set, if it is. */
  public Optional<Instant> find(TimerKind kind, String id) {
    return jdbc.sql("SELECT fire_at FROM timers WHERE kind = :kind AND id = :id")
        .param("kind", kind.sqlName())
        .param("id", id)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /** Cancels a timer; one that is not set is no error. */
  public void cancel(TimerKind kind, String id) {
    cancel(kind, List.of(id));
  }

  /** Cancels timers of one kind; those not set are no error. */
  public void cancel(TimerKind kind, Collection<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            WITH unparked AS (DELETE FROM timers_parked WHERE kind = :kind AND id = ANY(:ids))
            DELETE FROM timers WHERE kind = :kind AND id = ANY(:ids)
            """)
        .param("kind", kind.sqlName())
        .param("ids", ids.toArray(String[]::new))
        .update();
  }
}
