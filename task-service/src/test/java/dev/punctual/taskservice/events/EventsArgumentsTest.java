package dev.punctual.taskservice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.event.Topic;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsArgumentsTest {

  @Test
  void options_are_understood_in_both_forms_and_settings_are_passed_on() {
    var arguments =
        EventsArguments.parse(
            "republish",
            "--topic",
            "task-events",
            "--user=alice",
            "--since",
            "2026-11-22T00:00:00Z",
            "--spring.datasource.url=jdbc:postgresql://db/x");

    assertThat(arguments.topic()).isEqualTo(Topic.TASK_EVENTS);
    assertThat(arguments.value("user")).contains("alice");
    assertThat(arguments.since()).contains(Instant.parse("2026-11-22T00:00:00Z"));
    assertThat(arguments.settings())
        .containsExactly("--spring.datasource.url=jdbc:postgresql://db/x");
  }

  @ParameterizedTest
  @CsvSource({
    "publish, There is no command",
    "republish --dry-run, There is no option --dry-run of republish",
    "republish --user, --user needs a value",
    "republish task-events, is no option"
  })
  void what_makes_no_sense_is_refused_with_the_reason(String typed, String reason) {
    assertThatThrownBy(() -> EventsArguments.parse(typed.split(" ")))
        .isInstanceOf(EventsArguments.Misuse.class)
        .hasMessageContaining(reason);
  }

  @Test
  void an_unknown_topic_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> EventsArguments.parse("republish", "--topic", "tasks").topic())
        .hasMessageContaining("there are task-events, timers, notifications");
  }

  @Test
  void versions_are_raised_by_a_number() {
    assertThat(EventsArguments.parse("republish").raiseVersionsBy()).isZero();
    assertThat(EventsArguments.parse("republish", "--raise-versions-by=9").raiseVersionsBy())
        .isEqualTo(9);
    assertThatThrownBy(
            () -> EventsArguments.parse("republish", "--raise-versions-by", "-1").raiseVersionsBy())
        .hasMessageContaining("--raise-versions-by -1 is no number of versions");
  }

  @Test
  void an_instant_that_is_none_is_refused_with_an_example() {
    assertThatThrownBy(() -> EventsArguments.parse("republish", "--since", "yesterday").since())
        .hasMessageContaining("it looks like 2026-11-22T00:00:00Z");
  }
}
