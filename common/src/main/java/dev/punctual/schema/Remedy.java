package dev.punctual.schema;

import static java.util.Locale.ROOT;
import static java.util.function.Predicate.not;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The statements that mend a difference, to be run one by one and not in a transaction. They work
 * on tables with rows. Running writes wait only where PostgreSQL cannot do it otherwise: while a
 * type is changed, a NOT NULL set or a table made LOGGED.
 */
final class Remedy {

  private static final List<String> STATES =
      List.of("UNLOGGED", "PARTITIONED", "ROW LEVEL SECURITY");
  private static final Pattern INDEXED_KEY = Pattern.compile("(PRIMARY KEY|UNIQUE) (\\(.*\\))");

  private Remedy() {}

  static String create(CatalogObject object) {
    return switch (object.kind()) {
      case "column" -> addColumn(object);
      case "constraint" -> addConstraint(object, "");
      case "index" -> object.definition().replaceFirst(" INDEX ", " INDEX CONCURRENTLY ") + ";";
      default -> object.definition() + ";";
    };
  }

  static String drop(CatalogObject object) {
    var onTable = "ALTER TABLE " + object.table() + " DROP ";
    return switch (object.kind()) {
      case "column" -> onTable + "COLUMN " + object.name() + "; -- after saving what it holds";
      case "constraint" -> onTable + "CONSTRAINT " + object.name() + ";";
      case "index" -> "DROP INDEX CONCURRENTLY " + object.name() + ";";
      case "function" -> "DROP FUNCTION " + object.name() + ";";
      default ->
          "DROP %s %s ON %s;"
              .formatted(object.kind().toUpperCase(ROOT), object.name(), object.table());
    };
  }

  /** For an object whose definition is right, but which does not work. */
  static String revive(CatalogObject found) {
    return switch (found.kind()) {
      case "index" -> "REINDEX INDEX CONCURRENTLY " + found.name() + ";";
      case "trigger" -> "ALTER TABLE %s ENABLE TRIGGER %s;".formatted(found.table(), found.name());
      default ->
          // A foreign key checks with triggers on both its tables.
          String.join(
                  " ",
                  Arrays.stream(found.marks().replaceFirst("^disabled on ", "").split(", "))
                      .map("ALTER TABLE %s ENABLE TRIGGER ALL;"::formatted)
                      .toList())
              + " -- as a superuser";
    };
  }

  static String change(CatalogObject expected, CatalogObject found) {
    return switch (expected.kind()) {
      case "table" -> table(expected, found);
      case "column" -> column(expected, found);
      case "constraint" ->
          found.isDefinedAs(expected.definedAs(expected.definition() + " NOT VALID"))
              ? validate(found)
              : addConstraint(expected, "DROP CONSTRAINT " + found.name() + ", ");
      case "function" -> create(expected);
      default -> drop(found) + " " + create(expected);
    };
  }

  private static String addColumn(CatalogObject column) {
    var add = "ALTER TABLE %s ADD COLUMN %s ".formatted(column.table(), column.name());
    if (column.isNullable() || !column.filling().isEmpty()) {
      return add + column.definition() + ";";
    }
    return "%s%s; UPDATE %s SET %s = …; ALTER TABLE %3$s ALTER COLUMN %4$s SET NOT NULL; -- … is what each row should have"
        .formatted(add, column.type(), column.table(), column.name());
  }

  /** Checks the rows, or builds the index, without keeping writes from the table meanwhile. */
  private static String addConstraint(CatalogObject constraint, String inTheSameStatement) {
    var alter = "ALTER TABLE %s %s".formatted(constraint.table(), inTheSameStatement);
    var add = "ADD CONSTRAINT %s ".formatted(constraint.name());
    var key = INDEXED_KEY.matcher(constraint.definition());
    if (key.matches()) {
      return "CREATE UNIQUE INDEX CONCURRENTLY %1$s_new ON %2$s %3$s; %4$s%5$s%6$s USING INDEX %1$s_new;"
          .formatted(constraint.name(), constraint.table(), key.group(2), alter, add, key.group(1));
    }
    return "%s%s%s NOT VALID; %s"
        .formatted(alter, add, constraint.definition(), validate(constraint));
  }

  private static String validate(CatalogObject constraint) {
    return "ALTER TABLE %s VALIDATE CONSTRAINT %s;"
        .formatted(constraint.table(), constraint.name());
  }

  private static String table(CatalogObject expected, CatalogObject found) {
    var should = parts(expected);
    var is = parts(found);
    if (is.contains("PARTITIONED")) {
      return "Restore it from a backup: a partitioned table cannot be made a plain one.";
    }
    var actions = new ArrayList<String>();
    if (is.contains("UNLOGGED")) {
      actions.add("SET LOGGED");
    }
    if (is.contains("ROW LEVEL SECURITY")) {
      actions.add("DISABLE ROW LEVEL SECURITY");
    }
    should.stream()
        .filter(not(is::contains))
        .forEach(option -> actions.add("SET (%s)".formatted(option)));
    is.stream()
        .filter(not(STATES::contains))
        .map(option -> option.split("=", 2)[0])
        .filter(name -> should.stream().noneMatch(option -> option.startsWith(name + "=")))
        .forEach(name -> actions.add("RESET (%s)".formatted(name)));
    return "ALTER TABLE %s %s;".formatted(expected.name(), String.join(", ", actions));
  }

  private static List<String> parts(CatalogObject table) {
    return table.definition().isEmpty() ? List.of() : List.of(table.definition().split(", "));
  }

  private static String column(CatalogObject expected, CatalogObject found) {
    var alter = "ALTER TABLE %s ALTER COLUMN %s ".formatted(expected.table(), expected.name());
    var statements = new ArrayList<String>();
    var refilled = !found.filling().equals(expected.filling());
    if (refilled && !kindOfFilling(found).equals(kindOfFilling(expected))) {
      statements.add(alter + unfill(found));
    }
    if (!expected.type().equals(found.type())) {
      statements.add(alter + "TYPE %s USING %s::%1$s".formatted(expected.type(), expected.name()));
    }
    if (expected.isNullable() != found.isNullable()) {
      statements.add(alter + (expected.isNullable() ? "DROP NOT NULL" : "SET NOT NULL"));
    }
    if (refilled) {
      statements.addAll(fill(alter, expected, found));
    }
    statements.removeIf(alter::equals);
    return String.join("; ", statements) + ";";
  }

  private static String kindOfFilling(CatalogObject column) {
    var identity = column.filling().endsWith(" AS IDENTITY");
    return identity ? "IDENTITY" : column.filling().split(" ", 2)[0];
  }

  private static String unfill(CatalogObject column) {
    return switch (kindOfFilling(column)) {
      case "IDENTITY" -> "DROP IDENTITY";
      case "DEFAULT" -> "DROP DEFAULT";
      case "GENERATED" -> "DROP EXPRESSION";
      default -> "";
    };
  }

  private static List<String> fill(String alter, CatalogObject expected, CatalogObject found) {
    return switch (kindOfFilling(expected)) {
      case "DEFAULT" -> List.of(alter + "SET " + expected.filling());
      case "IDENTITY" ->
          kindOfFilling(found).equals("IDENTITY")
              ? List.of(alter + "SET GENERATED ALWAYS")
              : List.of(
                  alter + "ADD " + expected.filling(),
                  "SELECT setval(pg_get_serial_sequence('%1$s', '%2$s'), coalesce(max(%2$s), 0) + 1, false) FROM %1$s"
                      .formatted(expected.table(), expected.name()));
      default -> List.of();
    };
  }
}
