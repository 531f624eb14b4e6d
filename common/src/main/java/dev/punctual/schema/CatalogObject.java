package dev.punctual.schema;

/**
 * One thing in the database's catalog: a table, column, constraint, index, trigger, function,
 * policy or rule, with the definition that PostgreSQL prints for it on one line.
 *
 * @param marks what is wrong with it although its definition is right: "invalid", "disabled"
 */
record CatalogObject(String kind, String table, String name, String definition, String marks) {

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

  /** Kind, name and definition on one line. */
  @Override
  public String toString() {
    return (key() + " " + definition).strip();
  }
}
