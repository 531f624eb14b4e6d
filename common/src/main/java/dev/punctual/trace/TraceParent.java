package dev.punctual.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code traceparent} of the running work (W3C Trace Context, section 3.2). */
public final class TraceParent {

  private TraceParent() {}

  /** Null when nothing is traced. */
  public static @Nullable String current() {
    var span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-%s-%s-%s".formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : null;
  }

  /** Invalid for what is no traceparent. */
  static SpanContext read(String traceParent) {
    var context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), traceParent, OnlyTraceParent.INSTANCE);
    return Span.fromContext(context).getSpanContext();
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
