package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of events: snake_case, ISO 8601 instants in UTC, fields without a value present as null,
 * unknown ones ignored.
 */
public final class EventJson {

  /** The mapper for everything on Kafka and in the outbox. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
          .build();

  private EventJson() {}

  /** The JSON of an event's data. */
  public static String write(Event event) {
    return MAPPER.writeValueAsString(event);
  }

  /** Every type of this version of the contract. */
  public static Set<String> types() {
    return EventTypes.READERS.keySet();
  }

  /**
   * The event whose data this is.
   *
   * @return empty if this version of the contract has no such type
   * @throws tools.jackson.core.JacksonException if the JSON is none, or does not fit the type
   */
  public static Optional<Event> read(String type, byte[] json) {
    return Optional.ofNullable(EventTypes.READERS.get(type)).map(reader -> reader.apply(json));
  }
}
