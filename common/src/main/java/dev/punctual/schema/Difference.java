package dev.punctual.schema;

/**
 * One thing that is not as it should be, in one line that says what to do.
 *
 * @param what the object, as kind and name
 * @param problem what is wrong with it
 * @param remedy the SQL or the command that mends it
 */
record Difference(String what, String problem, String remedy) {
  @Override
  public String toString() {
    return what + ": " + problem + ". " + remedy;
  }
}
