package dev.punctual.taskservice.http;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  @ParameterizedTest
  @ValueSource(strings = {"*", " * ", "\"7\"", "\"1\", \"7\"", "W/\"7\" , \"7\"", "\"a,b\",\"7\""})
  void lets_a_version_pass_that_is_named(String header) {
    IfMatch.of(List.of(header)).check(7);
  }

  @Test
  void several_lines_are_one_list_and_none_allows_every_version() {
    IfMatch.of(List.of("\"1\"", "\"7\"")).check(7);
    IfMatch.of(List.of()).check(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"07\"", "\"\""})
  void stops_a_change_on_another_version(String header) {
    assertThatThrownBy(() -> IfMatch.of(List.of(header)).check(7))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("It is at version 7 now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"7", "\"1\" \"7\"", "\"7\",", ",\"7\"", "*, \"7\"", "w/\"7\""})
  void refuses_what_is_no_list_of_tags(String header) {
    assertThatThrownBy(() -> IfMatch.of(List.of(header)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("If-Match must be");
  }

  @Test
  void reads_a_header_as_long_as_the_server_takes_one() {
    var many = "\"1\",".repeat(2_000) + "\"7\"";

    assertThatNoException().isThrownBy(() -> IfMatch.of(List.of(many)).check(7));
    assertThatThrownBy(() -> IfMatch.of(List.of(many + "x"))).isInstanceOf(ProblemException.class);
  }
}
