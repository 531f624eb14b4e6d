package dev.punctual.taskservice.idempotency;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code idempotency_keys}. They are kept for a day at least; what is older goes, some
 * at a time, with whoever claims a key next.
 */
@Repository
class IdempotencyKeys {

  private final JdbcClient jdbc;

  IdempotencyKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Claims a key for the running transaction. A concurrent claim of the same key waits here until
   * the first one has committed or rolled back.
   *
   * @return nothing if the key is now this transaction's, or else what its request was answered
   */
  Optional<StoredAnswer> claim(String userId, String key, String requestHash) {
    forgetOld();
    Optional<StoredAnswer> earlier = Optional.empty();
    // The row that was in the way may be forgotten before it is read.
    while (earlier.isEmpty() && !insert(userId, key, requestHash)) {
      earlier = find(userId, key);
    }
    return earlier;
  }

  private boolean insert(String userId, String key, String requestHash) {
    int inserted =
        jdbc.sql(
                """
                INSERT INTO idempotency_keys (user_id, key, request_hash, status)
                VALUES (:userId, :key, :requestHash, 0)
                ON CONFLICT (user_id, key) DO NOTHING
                """)
            .param("userId", userId)
            .param("key", key)
            .param("requestHash", requestHash)
            .update();
    return inserted == 1;
  }

  /** Keeps the answer to the request whose key this transaction has claimed. */
  void answer(String userId, String key, StoredAnswer answer) {
    jdbc.sql(
            """
            UPDATE idempotency_keys SET status = :status, location = :location, etag = :etag, body = :body
            WHERE user_id = :userId AND key = :key
            """)
        .param("userId", userId)
        .param("key", key)
        .param("status", answer.status())
        .param("location", answer.location())
        .param("etag", answer.etag())
        .param("body", answer.body())
        .update();
  }

  private Optional<StoredAnswer> find(String userId, String key) {
    return jdbc.sql(
            """
            SELECT request_hash, status, location, etag, body FROM idempotency_keys
            WHERE user_id = :userId AND key = :key
            """)
        .param("userId", userId)
        .param("key", key)
        .query(StoredAnswer.class)
        .optional();
  }

  private void forgetOld() {
    // Anybody's, or those of users who never come back would stay. None that another request is
    // just
    // forgetting, so nobody waits here.
    jdbc.sql(
            """
            WITH old AS MATERIALIZED (
              SELECT user_id, key FROM idempotency_keys
              WHERE created_at < now() - interval '1 day'
              ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED)
            DELETE FROM idempotency_keys k USING old WHERE k.user_id = old.user_id AND k.key = old.key
            """)
        .update();
  }
}
