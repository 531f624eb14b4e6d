package dev.punctual.schema;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The script that takes back one version, and what is lost with it. */
record Undo(MigrationVersion version, String script, boolean inTransaction) {

  /** SQLSTATE: no such table, no such column. */
  private static final Set<String> IS_NOT_THERE = Set.of("42P01", "42703");

  private static final Pattern LOSES =
      Pattern.compile("(?m)^-- loses (table|column|rows) (\\w+)(?:\\.(\\w+))?(?: where (.+))?$");

  /** What the script declares to lose, whether there is any of it or not. */
  List<Loss> losses() {
    return LOSES
        .matcher(script)
        .results()
        .map(m -> new Loss(m.group(1), m.group(2), m.group(3), m.group(4)))
        .toList();
  }

  /** Rows of a table, or values of a column that are not the default. */
  record Loss(String kind, String table, @Nullable String column, @Nullable String condition) {

    /** How many there are now; none of what is not there. */
    long count(JdbcClient jdbc) {
      var where = condition == null ? "" : " WHERE " + condition;
      try {
        return jdbc.sql("SELECT count(*) FROM " + table + where).query(Long.class).single();
      } catch (BadSqlGrammarException e) {
        if (SchemaException.sqlState(e).filter(IS_NOT_THERE::contains).isPresent()) {
          return 0;
        }
        throw e;
      }
    }

    /** Whether values of this column, written as table.column, are among what is lost. */
    boolean takes(String tableAndColumn) {
      return column == null
          ? tableAndColumn.startsWith(table + ".")
          : tableAndColumn.equals(table + "." + column);
    }

    @Override
    public String toString() {
      return switch (kind) {
        case "table" -> "rows of the table " + table;
        case "column" -> "values of the column " + table + "." + column;
        default -> "rows of " + table + " where " + condition;
      };
    }
  }
}
