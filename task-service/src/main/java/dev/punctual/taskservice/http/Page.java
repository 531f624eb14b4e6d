package dev.punctual.taskservice.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor what to ask with for the next page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  /** A page from up to {@code limit} + 1 rows: one more than is shown tells that there are more. */
  public static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, T> shown, Function<R, Cursor> cursor) {
    var page = rows.subList(0, Math.min(limit, rows.size()));
    var next = rows.size() > limit ? cursor.apply(page.get(limit - 1)).toString() : null;
    return new Page<>(page.stream().map(shown).toList(), next);
  }
}
