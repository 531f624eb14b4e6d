package dev.punctual.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.testing.EventContract;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What docs/asyncapi.yaml and the JSON Schemas say is what the records are. */
class EventContractTest {

  private final EventContract contract = new EventContract();

  @ParameterizedTest
  @EnumSource
  void each_topic_has_exactly_the_messages_of_its_events(Topic topic) {
    assertThat(contract.messages(topic.baseName()).keySet())
        .containsExactlyInAnyOrderElementsOf(
            ExampleEvents.all().stream()
                .filter(event -> event.topic() == topic)
                .map(Event::type)
                .toList());
  }

  @Test
  void every_topic_is_described_with_its_dead_letters() {
    assertThat(contract.topics())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Topic.values())
                .flatMap(t -> Stream.of(t.baseName(), t.baseName() + Topics.DEAD_LETTERS))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("dev.punctual.event.ExampleEvents#all")
  void the_documented_example_is_what_is_really_written(Event event) {
    var example = example(event.topic().baseName(), event.type());

    assertThat(example.path("payload"))
        .isEqualTo(EventJson.MAPPER.readTree(EventJson.write(event)));
    assertThat(
            contract.violations(
                event.topic().baseName(),
                event.key(),
                headers(example),
                example.path("payload").toString()))
        .isEmpty();
  }

  @Test
  void a_pointer_to_a_refused_event_is_described_with_an_example() {
    var example = example("task-events-dlt", "outbox.parked");
    assertThat(
            contract.violations(
                "task-events-dlt",
                headers(example).getOrDefault("ce_subject", ""),
                headers(example),
                example.path("payload").toString()))
        .isEmpty();
  }

  @Test
  void what_does_not_fit_is_found() {
    var event = ExampleEvents.task(TaskEvent.Kind.COMPLETED);
    var headers = headers(example("task-events", "task.completed"));
    var json = EventJson.write(event);

    assertThat(found(headers, json.replace("\"is_complete\":true", "\"is_complete\":false")))
        .isNotEmpty();
    assertThat(found(headers, json.replace("\"due_date\":\"2026-", "\"due_date\":\"26-")))
        .isNotEmpty();
    assertThat(found(headers, json.replace("\"version\":3", "\"version\":3,\"secret\":1")))
        .isNotEmpty();
    assertThat(found(headers, json.replace("\"title\":", "\"titel\":"))).isNotEmpty();
    headers.remove("ce_id");
    assertThat(found(headers, json)).isNotEmpty();
  }

  private Iterable<String> found(Map<String, String> headers, String json) {
    return contract.violations("task-events", ExampleEvents.TASK, headers, json);
  }

  private JsonNode example(String topic, String type) {
    return contract.message(topic, type).path("examples").path(0);
  }

  private static Map<String, String> headers(JsonNode example) {
    return new TreeMap<>(
        example.path("headers").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asString())));
  }
}
