package dev.punctual.taskservice.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place in a list where the next page begins: after the row with this value in the order asked
 * for, and this id. Opaque to clients.
 *
 * @param value the row's value that the list is sorted by, as PostgreSQL writes it
 */
public record Cursor(String sort, String value, String id) {

  private static final char SEPARATOR = '\n';

  static Cursor parse(String text, String sort) {
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      var parts = decoded.split(String.valueOf(SEPARATOR), 3);
      if (parts.length == 3 && parts[0].equals(sort) && decoded.indexOf('\0') < 0) {
        return new Cursor(parts[0], parts[2], parts[1]);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new FieldReader.Refused(
        "must be the next_cursor of the page before, asked for with the same sort");
  }

  @Override
  public String toString() {
    // The value last: it may hold the separator itself.
    var text = sort + SEPARATOR + id + SEPARATOR + value;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
