package dev.punctual.outbox;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The W3C trace context of the running work, so that a trace goes on from the request to whoever
 * consumes the event.
 */
final class TraceParent {

  private TraceParent() {}

  /**
   * The {@code traceparent} header (W3C Trace Context, section 3.2), or null when nothing is
   * traced.
   */
  static @Nullable String current() {
    var trace = MDC.get("traceId");
    var span = MDC.get("spanId");
    return trace == null || span == null ? null : "00-" + trace + "-" + span + "-01";
  }
}
