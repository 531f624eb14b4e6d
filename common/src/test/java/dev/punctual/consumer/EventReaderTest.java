package dev.punctual.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.event.Event;
import dev.punctual.event.EventJson;
import dev.punctual.event.ExampleEvents;
import dev.punctual.event.TaskEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EventReader reader = new EventReader(EventJson.types(), meters);
  private final TaskEvent completed = ExampleEvents.task(TaskEvent.Kind.COMPLETED);

  @ParameterizedTest
  @MethodSource("dev.punctual.event.ExampleEvents#all")
  void every_event_is_read(Event event) {
    assertThat(reader.read(record(event))).map(Received::event).contains(event);
  }

  @Test
  void the_trace_comes_with_the_event() {
    var traceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assertThat(reader.read(with(record(completed), "traceparent", traceParent)))
        .contains(new Received(completed, "an-id", traceParent));
  }

  @Test
  void a_record_without_a_data_schema_is_of_the_first_version() {
    var record = record(completed);
    record.headers().remove("ce_dataschema");
    assertThat(reader.read(record)).isPresent();
  }

  @Test
  void an_unknown_type_is_skipped_and_counted() {
    assertThat(reader.read(with(record(completed), "ce_type", "task.archived"))).isEmpty();
    assertThat(meters.counter("punctual.consumer.skipped", "topic", "task-events").count())
        .isEqualTo(1);
  }

  @Test
  void what_is_not_wanted_is_passed_over_unread() {
    var picky = new EventReader(Set.of("task.created"), meters);
    assertThat(picky.read(record(completed, completed.key(), "{"))).isEmpty();
    assertThat(meters.find("punctual.consumer.skipped").counter()).isNull();
  }

  @Test
  void a_newer_major_version_is_unreadable_and_says_what_to_do() {
    assertThatThrownBy(
            () -> read(with(record(completed), "ce_dataschema", "urn:punctual:task.completed:2")))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage(
            "This task.completed is of major version 2, and this program reads up to 1."
                + " Update it, then replay the dead letters.");
  }

  @Test
  void a_newer_major_version_of_an_unknown_type_is_not_skipped() {
    var record = with(record(completed), "ce_type", "task.archived");
    assertThatThrownBy(() -> read(with(record, "ce_dataschema", "urn:punctual:task.archived:2")))
        .isInstanceOf(UnreadableRecord.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_type", "ce_id"})
  void what_is_no_cloud_event_is_unreadable(String missing) {
    var record = record(completed);
    record.headers().remove(missing);
    assertThatThrownBy(() -> read(record))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"version\": 1}", "{\"version\": \"x\"}", "null"})
  void a_value_that_is_not_what_its_type_says_is_unreadable(String value) {
    assertThatThrownBy(() -> read(record(completed, completed.key(), value)))
        .isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void a_record_under_the_key_of_another_thing_is_unreadable() {
    assertThatThrownBy(() -> read(record(completed, "another", EventJson.write(completed))))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(completed.key());
  }

  private Optional<Received> read(ConsumerRecord<byte[], byte[]> record) {
    return reader.read(record);
  }

  private static ConsumerRecord<byte[], byte[]> record(Event event) {
    return record(event, event.key(), EventJson.write(event));
  }

  private static ConsumerRecord<byte[], byte[]> record(Event event, String key, String value) {
    var topic = event.topic().baseName();
    var record = new ConsumerRecord<>(topic, 3, 4711, key.getBytes(UTF_8), value.getBytes(UTF_8));
    with(record, "ce_id", "an-id");
    with(record, "ce_type", event.type());
    return with(record, "ce_dataschema", "urn:punctual:" + event.type() + ":1");
  }

  private static ConsumerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> record, String header, String value) {
    record.headers().remove(header).add(header, value.getBytes(UTF_8));
    return record;
  }
}
