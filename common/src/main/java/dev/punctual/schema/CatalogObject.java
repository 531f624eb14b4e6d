package dev.punctual.schema;

import java.util.regex.Pattern;

/**
 * One thing in the database's catalog: a table, column, constraint, index, trigger, function,
 * policy or rule, with the definition that PostgreSQL prints for it on one line. Names are as SQL
 * has them: in quotes where they need them.
 *
 * @param marks what is wrong with it although its definition is right: "invalid", "disabled", and
 *     of a foreign key the tables on which it is
 */
record CatalogObject(String kind, String table, String name, String definition, String marks) {

  private static final Pattern CASTS = Pattern.compile("::(character varying|text)(\\[])?");
  private static final Pattern COLUMN = Pattern.compile(" ((?:DEFAULT|GENERATED) .*)$");

  CatalogObject(String kind, String table, String name, String definition) {
    this(kind, table, name, definition, "");
  }

  /** Reads what {@link #toString} has written. */
  static CatalogObject parse(String line) {
    var parts = line.split(" ", 3);
    var path = parts[1].split("\\.", 2);
    var name = path.length == 2 ? path[1] : path[0];
    var table = path.length == 2 || parts[0].equals("table") ? path[0] : "";
    return new CatalogObject(parts[0], table, name, parts.length == 3 ? parts[2] : "");
  }

  /** What makes it the same object: kind and name, without the definition. */
  String key() {
    return kind + " " + (table.isEmpty() || kind.equals("table") ? name : table + "." + name);
  }

  /**
   * Whether both are defined alike. PostgreSQL prints a check of a varchar in another way once it
   * was made from what it had printed, as a restored backup's is: with the casts elsewhere.
   */
  boolean isDefinedAs(CatalogObject other) {
    return definition.equals(other.definition)
        || (isCheck() && other.isCheck() && withoutCasts().equals(other.withoutCasts()));
  }

  CatalogObject definedAs(String otherDefinition) {
    return new CatalogObject(kind, table, name, otherDefinition, marks);
  }

  private boolean isCheck() {
    return kind.equals("constraint") && definition.startsWith("CHECK ");
  }

  private String withoutCasts() {
    return CASTS.matcher(definition).replaceAll("");
  }

  /** The type of a column. */
  String type() {
    return COLUMN.matcher(definition).replaceFirst("").replaceFirst(" NOT NULL$", "");
  }

  boolean isNullable() {
    return !COLUMN.matcher(definition).replaceFirst("").endsWith(" NOT NULL");
  }

  /** What puts a value into a column that an insert leaves out, if anything does. */
  String filling() {
    var matcher = COLUMN.matcher(definition);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Kind, name and definition on one line. */
  @Override
  public String toString() {
    return (key() + " " + definition).strip();
  }
}
