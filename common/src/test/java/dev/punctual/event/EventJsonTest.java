package dev.punctual.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class EventJsonTest {

  @ParameterizedTest
  @MethodSource("dev.punctual.event.ExampleEvents#all")
  void what_is_written_is_read_again(Event event) {
    assertThat(EventJson.read(event.type(), EventJson.write(event).getBytes(UTF_8)))
        .contains(event);
  }

  @Test
  void there_is_an_example_of_every_event() {
    assertThat(ExampleEvents.all().stream().<Object>map(Object::getClass))
        .contains((Object[]) Event.class.getPermittedSubclasses());
    assertThat(ExampleEvents.all())
        .extracting(Event::type)
        .containsExactlyInAnyOrderElementsOf(EventTypes.READERS.keySet());
  }

  @Test
  void fields_that_came_later_are_ignored() {
    var event = ExampleEvents.task(TaskEvent.Kind.UPDATED);
    var json = (ObjectNode) EventJson.MAPPER.valueToTree(event);
    json.put("later", 1);
    json.withObject("task").putObject("later").put("and", "deeper");

    assertThat(EventJson.read("task.updated", EventJson.MAPPER.writeValueAsBytes(json)))
        .contains(event);
  }

  @Test
  void a_type_that_came_later_is_no_event() {
    assertThat(EventJson.read("task.archived", "{}".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void what_is_no_json_is_refused() {
    assertThatThrownBy(() -> EventJson.read("task.updated", "{\"version\": ".getBytes(UTF_8)))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void the_data_schema_names_its_major_version() {
    assertThat(DataSchema.of("task.created")).isEqualTo("urn:punctual:task.created:1");
    assertThat(DataSchema.majorOf("urn:punctual:task.created:12")).isEqualTo(12);
    assertThatThrownBy(() -> DataSchema.majorOf("urn:punctual:task.created:new"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
