package dev.punctual.schema;

/** Values inside SQL that people are told to run. */
final class Sql {

  private Sql() {}

  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
