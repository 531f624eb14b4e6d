package dev.punctual.taskservice.task;

import dev.punctual.event.Cause;
import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.sql.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The current state of tasks as {@code task.snapshot} events, through the outbox and under each
 * row's lock, so that a snapshot stands in its place among the task's changes.
 */
public final class TaskSnapshots {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;
  private final long raiseVersionsBy;

  /**
   * @param raiseVersionsBy added to each task's version first; 0 leaves the tasks as they are
   */
  public TaskSnapshots(
      JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox, long raiseVersionsBy) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.raiseVersionsBy = raiseVersionsBy;
  }

  /**
   * Which tasks.
   *
   * @param userId of this user; null for all
   * @param since changed at this instant or after; null for all
   */
  public record Selection(@Nullable String userId, @Nullable Instant since) {}

  /**
   * A batch that is committed.
   *
   * @param lastId where the next batch begins
   */
  public record Batch(int tasks, String lastId) {}

  /** About how many tasks there are from {@code after} on. */
  public long count(Selection selection, String after) {
    return where("SELECT count(*) FROM tasks t", selection, after, "").query(Long.class).single();
  }

  /**
   * Appends the snapshots of the next tasks, in the order of their ids, in one transaction.
   *
   * @return empty if there are none after {@code after}
   * @throws org.springframework.dao.ConcurrencyFailureException if somebody holds one of them for
   *     more than a moment; nothing is appended then
   */
  public Optional<Batch> append(Selection selection, String after, int limit) {
    try {
      return transactions.execute(status -> appendLocked(selection, after, limit));
    } catch (UncategorizedSQLException e) {
      var sql = e.getSQLException();
      if (sql != null && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        throw new CannotAcquireLockException("A task is locked by somebody", e);
      }
      throw e;
    }
  }

  private Optional<Batch> appendLocked(Selection selection, String after, int limit) {
    // It holds many tasks while it waits for one. Whoever holds that one and wants another of them
    // is in a deadlock, which the server looks for after a second: this one gives way before.
    jdbc.sql("SET LOCAL lock_timeout = '300ms'").update();
    // In the order of the ids, as everybody locks; foreign keys to the task are not held up.
    var ids =
        where(
                "SELECT t.id FROM tasks t",
                selection,
                after,
                "ORDER BY t.id LIMIT :limit FOR NO KEY UPDATE")
            .param("limit", limit)
            .query(String.class)
            .list();
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    if (raiseVersionsBy > 0) {
      raiseVersions(ids);
    }
    outbox.append(snapshots(ids));
    return Optional.of(new Batch(ids.size(), ids.get(ids.size() - 1)));
  }

  private void raiseVersions(List<String> ids) {
    jdbc.sql("UPDATE tasks SET version = version + :by WHERE id = ANY(:ids)")
        .param("by", raiseVersionsBy)
        .param("ids", ids.toArray(String[]::new))
        .update();
  }

  /** A statement of its own: what a lock was waited for is in its snapshot. */
  private List<TaskEvent> snapshots(List<String> ids) {
    return jdbc
        .sql(TaskRows.SELECT + "FROM tasks t WHERE t.id = ANY(:ids) ORDER BY t.id")
        .param("ids", ids.toArray(String[]::new))
        .query(TaskRows::read)
        .list()
        .stream()
        .map(
            stored ->
                new TaskEvent(
                    TaskEvent.Kind.SNAPSHOT,
                    stored.version(),
                    List.of(),
                    stored.task(),
                    Cause.republish()))
        .toList();
  }

  private JdbcClient.StatementSpec where(
      String select, Selection selection, String after, String rest) {
    return jdbc.sql(
            """
            %s
            WHERE t.id > :after AND (:userId::text IS NULL OR t.user_id = :userId)
              AND (:since::timestamptz IS NULL OR t.updated_at >= :since)
            %s
            """
                .formatted(select, rest))
        .param("after", after)
        .param("userId", selection.userId())
        .param("since", Columns.bound(selection.since()));
  }
}
