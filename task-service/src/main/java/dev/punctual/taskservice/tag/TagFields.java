package dev.punctual.taskservice.tag;

import dev.punctual.event.TagEvent;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import tools.jackson.databind.JsonNode;

/**
 * What a client decides about a tag.
 *
 * @param color as {@code #rrggbb}
 */
record TagFields(String name, String color) {

  /** A new tag, but for its name. */
  static final TagFields BLANK = new TagFields("", "#007bff");

  static TagFields of(TagEvent.Tag tag) {
    return new TagFields(tag.name(), tag.color());
  }

  static TagFields read(Fields fields, TagFields absent) {
    var read =
        new TagFields(
            fields.value("name", FieldReader.name(Tags.MAX_NAME_LENGTH), absent.name),
            fields.value("color", TagFields::color, absent.color));
    fields.check();
    return read;
  }

  private static String color(JsonNode value) {
    if (!value.isString() || !value.stringValue().matches("#[0-9a-fA-F]{6}")) {
      throw new FieldReader.Refused("must be a colour such as #007bff");
    }
    return value.stringValue();
  }
}
