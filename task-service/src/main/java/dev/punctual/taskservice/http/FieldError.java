package dev.punctual.taskservice.http;

/**
 * One thing that is wrong with a request.
 *
 * @param field the field or query parameter, such as {@code recurrence_rule.interval}
 * @param message what is wrong with it, and what would be right
 */
public record FieldError(String field, String message) {

  /** The same of a field that lies within another. */
  public FieldError within(String outer) {
    boolean joined = field.isEmpty() || field.startsWith("[");
    return new FieldError(joined ? outer + field : outer + "." + field, message);
  }
}
