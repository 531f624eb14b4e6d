package dev.punctual.recurrenceworker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows, there and back. */
final class Rows {

  private Rows() {}

  /** One value of each element, as text that Postgres casts; for {@code unnest(:x::type[])}. */
  static <T> @Nullable String[] column(
      List<? extends T> elements, Function<? super T, ? extends @Nullable Object> value) {
    var column = new @Nullable String[elements.size()];
    for (int i = 0; i < column.length; i++) {
      Object each = value.apply(elements.get(i));
      column[i] = each == null ? null : each.toString();
    }
    return column;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
