package dev.punctual.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CAUSE = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String OTHER = "00-1bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final List<SpanData> ended = new ArrayList<>();
  private final SdkTracerProvider tracing =
      SdkTracerProvider.builder().addSpanProcessor(new Keeper()).build();
  private final Spans spans = new Spans(tracing.get("test"));

  @Test
  void outside_of_a_trace_there_is_no_traceparent() {
    assertThat(TraceParent.current()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {CAUSE, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"})
  void where_nothing_traces_work_is_part_of_the_trace_that_set_it_off(String cause) {
    assertThat(within(Spans.none(), cause)).isEqualTo(cause);
    assertThat(TraceParent.current()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
  void where_nothing_traces_what_is_no_trace_is_no_reason_to_fail(@Nullable String cause) {
    assertThat(within(Spans.none(), cause)).isEqualTo("none");
  }

  @Test
  void work_has_a_span_of_its_own_in_the_trace_that_set_it_off() {
    assertThat(within(spans, CAUSE, CAUSE)).startsWith("00-" + TRACE).isNotEqualTo(CAUSE);
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(ended.get(0).getParentSpanContext().isRemote()).isTrue();
    assertThat(TraceParent.current()).isNull();
  }

  @Test
  void work_that_several_set_off_begins_a_trace_with_links_to_theirs() {
    assertThat(within(spans, CAUSE, OTHER, null)).doesNotContain(TRACE);
    assertThat(ended.get(0).getParentSpanContext()).isEqualTo(SpanContext.getInvalid());
    assertThat(ended.get(0).getLinks())
        .extracting(link -> link.getSpanContext().getTraceId())
        .containsExactly(TRACE, OTHER.substring(3, 35));
  }

  @Test
  void work_that_nobody_is_known_to_have_set_off_begins_a_trace() {
    assertThat(within(spans, null, "nonsense")).startsWith("00-");
    assertThat(ended.get(0).getLinks()).isEmpty();
  }

  @Test
  void a_failure_is_seen_in_the_span() {
    var failure = new IllegalStateException("The database is away.");
    assertThatThrownBy(
            () ->
                spans.within(
                    "work",
                    List.of(CAUSE),
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(ended.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  private static String within(Spans spans, @Nullable String... causes) {
    List<@Nullable String> all = causes == null ? List.of() : Arrays.asList(causes);
    return requireNonNull(
        spans.<String>within(
            "work",
            all,
            () -> {
              var current = TraceParent.current();
              return current == null ? "none" : current;
            }));
  }

  private final class Keeper implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
