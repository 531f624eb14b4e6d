package dev.punctual.schema;

import static java.util.Locale.ROOT;

import java.util.regex.Pattern;

/**
 * The statement that mends a difference. Each is safe beside running writes where PostgreSQL
 * allows.
 */
final class Remedy {

  private static final Pattern DEFAULT = Pattern.compile(" (?:DEFAULT|GENERATED) (.*)$");

  private Remedy() {}

  static String create(CatalogObject object) {
    var onTable = "ALTER TABLE " + object.table() + " ADD ";
    return switch (object.kind()) {
      case "column" -> onTable + "COLUMN %s %s;".formatted(object.name(), object.definition());
      case "constraint" ->
          onTable + "CONSTRAINT %s %s;".formatted(object.name(), object.definition());
      case "index" -> object.definition().replaceFirst(" INDEX ", " INDEX CONCURRENTLY ") + ";";
      default -> object.definition() + ";";
    };
  }

  static String drop(CatalogObject object) {
    var onTable = "ALTER TABLE " + object.table() + " DROP ";
    return switch (object.kind()) {
      case "column" -> onTable + "COLUMN " + object.name() + "; after saving what it holds.";
      case "constraint" -> onTable + "CONSTRAINT " + object.name() + ";";
      case "index" -> "DROP INDEX CONCURRENTLY " + object.name() + ";";
      case "function" -> "DROP FUNCTION " + object.name() + ";";
      default ->
          "DROP %s %s ON %s;"
              .formatted(object.kind().toUpperCase(ROOT), object.name(), object.table());
    };
  }

  /** For an object whose definition is right, but which does not work. */
  static String revive(CatalogObject object) {
    return switch (object.kind()) {
      case "index" -> "REINDEX INDEX CONCURRENTLY " + object.name() + ";";
      case "trigger" ->
          "ALTER TABLE %s ENABLE TRIGGER %s;".formatted(object.table(), object.name());
      default -> "ALTER TABLE " + object.table() + " ENABLE TRIGGER ALL; as a superuser.";
    };
  }

  static String change(CatalogObject expected, CatalogObject found) {
    var alter = "ALTER TABLE " + expected.table() + " ";
    return switch (expected.kind()) {
      case "table" -> table(expected);
      case "column" -> column(expected, found);
      case "constraint" ->
          found.definition().equals(expected.definition() + " NOT VALID")
              ? alter + "VALIDATE CONSTRAINT " + expected.name() + ";"
              : alter + "DROP CONSTRAINT " + expected.name() + "; " + create(expected);
      case "function" -> create(expected);
      default -> drop(expected) + " " + create(expected);
    };
  }

  private static String table(CatalogObject expected) {
    return expected.definition().isEmpty()
        ? "ALTER TABLE %1$s SET LOGGED, DISABLE ROW LEVEL SECURITY; and RESET what was set on it."
            .formatted(expected.name())
        : "ALTER TABLE %s SET (%s);".formatted(expected.name(), expected.definition());
  }

  private static String column(CatalogObject expected, CatalogObject found) {
    var alter = "ALTER TABLE %s ALTER COLUMN %s ".formatted(expected.table(), expected.name());
    if (!type(expected).equals(type(found))) {
      return alter + "TYPE " + type(expected) + ";";
    }
    if (nullable(expected) != nullable(found)) {
      return alter + (nullable(expected) ? "DROP NOT NULL;" : "SET NOT NULL;");
    }
    if (expected.definition().contains(" AS IDENTITY")) {
      return alter + "SET GENERATED ALWAYS; or ADD GENERATED ALWAYS AS IDENTITY;";
    }
    var matcher = DEFAULT.matcher(expected.definition());
    return alter + (matcher.find() ? "SET DEFAULT " + matcher.group(1) : "DROP DEFAULT") + ";";
  }

  private static String type(CatalogObject column) {
    return DEFAULT.matcher(column.definition()).replaceFirst("").replace(" NOT NULL", "");
  }

  private static boolean nullable(CatalogObject column) {
    return !DEFAULT.matcher(column.definition()).replaceFirst("").contains(" NOT NULL");
  }
}
