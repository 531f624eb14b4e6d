package dev.punctual.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void outside_of_a_trace_there_is_none() {
    assertThat(TraceParent.current()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {TRACE, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"})
  void work_within_a_trace_is_part_of_it_and_ends_with_it(String traceParent) {
    assertThat(TraceParent.<Object>within(traceParent, this::current)).isEqualTo(traceParent);
    assertThat(TraceParent.current()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
  void what_is_no_trace_is_no_reason_to_fail(String traceParent) {
    assertThat(TraceParent.<Object>within(traceParent, this::current)).isEqualTo("none");
  }

  private Object current() {
    var current = TraceParent.current();
    return current == null ? "none" : current;
  }
}
