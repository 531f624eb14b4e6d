package dev.punctual.schema;

import dev.punctual.id.Slot;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is not what its column says.
 *
 * @param should what the column says; null if there is nothing that it stands for
 * @param is for when it is set; null if it is not
 * @param inFuture whether {@code should} lies in the future
 */
record TimerMismatch(
    String kind,
    String id,
    @Nullable OffsetDateTime should,
    @Nullable OffsetDateTime is,
    boolean inFuture) {

  enum Remedied {
    SET,
    MOVE,
    DELETE
  }

  /** What has passed must not fire because it is mended. */
  Remedied remedy() {
    if (!inFuture) {
      return Remedied.DELETE;
    }
    return is == null ? Remedied.SET : Remedied.MOVE;
  }

  Difference difference() {
    var key = "kind = %s AND id = %s".formatted(Sql.literal(kind), Sql.literal(id));
    return switch (remedy()) {
      case SET ->
          about(
              "is missing, it is due at " + should,
              "INSERT INTO timers (kind, id, slot, fire_at) VALUES (%s, %s, %d, '%s');"
                  .formatted(Sql.literal(kind), Sql.literal(id), Slot.of(id), should));
      case MOVE ->
          about(
              "is set to %s, should be %s".formatted(is, should),
              "UPDATE timers SET fire_at = '%s' WHERE %s;".formatted(should, key));
      case DELETE ->
          about(
              should == null
                  ? "has nothing that it stands for"
                  : "is set to %s, should have been %s, which has passed".formatted(is, should),
              "DELETE FROM timers WHERE %s;".formatted(key));
    };
  }

  private Difference about(String problem, String remedy) {
    return new Difference("timer " + kind + " " + id, problem, remedy);
  }
}
