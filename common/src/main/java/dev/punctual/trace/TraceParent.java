package dev.punctual.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of the running work (W3C Trace Context, section 3.2). It is read from and
 * set in OpenTelemetry's context, so it is the same trace for whatever fills that: Boot's tracing,
 * or the OpenTelemetry agent.
 */
public final class TraceParent {

  private TraceParent() {}

  /** Null when nothing is traced. */
  public static @Nullable String current() {
    var span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-%s-%s-%s".formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : null;
  }

  /** Does the work as part of a trace; null, or what is no traceparent, is part of none. */
  @SuppressWarnings("try") // The scope is only closed.
  public static <T> T within(@Nullable String traceParent, Supplier<T> work) {
    if (traceParent == null) {
      return work.get();
    }
    var context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.current(), traceParent, OnlyTraceParent.INSTANCE);
    try (var ignored = context.makeCurrent()) {
      return work.get();
    }
  }

  private enum OnlyTraceParent implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String traceParent) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String traceParent, String name) {
      return name.equals("traceparent") ? traceParent : null;
    }
  }
}
