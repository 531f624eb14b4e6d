package dev.punctual.event;

/**
 * The value of {@code ce_dataschema}: it names the JSON Schema of an event's data, with its major
 * version. Within a major version, changes are additive. The schemas lie in {@code
 * event-schemas/v1}, one for each type.
 */
public final class DataSchema {

  /** The major version that this program writes, and the newest that it reads. */
  public static final int MAJOR = 1;

  private static final String PREFIX = "urn:punctual:";

  private DataSchema() {}

  /** Such as {@code urn:punctual:task.created:1}. */
  public static String of(String type) {
    return PREFIX + type + ":" + MAJOR;
  }

  /**
   * The major version in a {@code ce_dataschema}.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static int majorOf(String dataSchema) {
    var major = dataSchema.substring(dataSchema.lastIndexOf(':') + 1);
    if (!dataSchema.startsWith(PREFIX) || !major.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          "ce_dataschema is %s, not %s<type>:<major version>".formatted(dataSchema, PREFIX));
    }
    return Integer.parseInt(major);
  }
}
