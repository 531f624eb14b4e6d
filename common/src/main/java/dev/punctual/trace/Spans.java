package dev.punctual.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives work that was set off by other work, perhaps in another process, a span of its own. */
public final class Spans {

  private static final int MOST_LINKS = 100;

  private final Tracer tracer;

  public Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Where nothing traces: there are no spans, and work is part of the trace that set it off. */
  public static Spans none() {
    return new Spans(TracerProvider.noop().get("punctual"));
  }

  /**
   * Does the work in the trace that set it off. A transaction is part of one trace: what several
   * set off, or none, begins a trace of its own, with links to them.
   *
   * @param name of the span; few different ones
   * @param causes the traceparents of what set it off, null for what is not known to have one; what
   *     is no traceparent counts as null
   */
  @SuppressWarnings("try") // The scope is only closed.
  public <T> T within(
      String name, Collection<? extends @Nullable String> causes, Supplier<T> work) {
    var contexts = causes.stream().distinct().map(Spans::context).distinct().toList();
    var span = start(name, contexts);
    try (var ignored = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException | Error e) {
      span.recordException(e).setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  private Span start(String name, List<SpanContext> causes) {
    var span = tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER);
    if (causes.size() == 1 && causes.get(0).isValid()) {
      return span.setParent(Context.root().with(Span.wrap(causes.get(0)))).startSpan();
    }
    causes.stream().filter(SpanContext::isValid).limit(MOST_LINKS).forEach(span::addLink);
    return span.setNoParent().startSpan();
  }

  private static SpanContext context(@Nullable String traceParent) {
    return traceParent == null ? SpanContext.getInvalid() : TraceParent.read(traceParent);
  }
}
