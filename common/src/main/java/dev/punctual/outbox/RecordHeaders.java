package dev.punctual.outbox;

import dev.punctual.event.DataSchema;
import dev.punctual.event.Event;
import dev.punctual.event.EventJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record that differ from event to event, as the outbox stores them: a JSON object
 * of strings.
 */
final class RecordHeaders {

  private RecordHeaders() {}

  static String of(Event event, Instant time, @Nullable String traceParent) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_time", time.toString());
    headers.put("ce_subject", event.subject());
    headers.put("ce_dataschema", DataSchema.of(event.type()));
    if (traceParent != null) {
      headers.put("traceparent", traceParent);
    }
    return EventJson.MAPPER.writeValueAsString(headers);
  }
}
