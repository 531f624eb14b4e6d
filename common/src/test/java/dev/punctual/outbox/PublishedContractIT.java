package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.ExampleEvents;
import dev.punctual.event.Topic;
import dev.punctual.testing.EventContract;
import dev.punctual.testing.Records;
import dev.punctual.trace.Spans;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The records that the relay really writes are those of the schemas and of docs/asyncapi.yaml. */
class PublishedContractIT {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final EventContract contract = new EventContract();
  private final RelayFixture fixture = new RelayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void every_event_is_published_as_documented(Topic topic) {
    var events = ExampleEvents.all().stream().filter(event -> event.topic() == topic).toList();
    Spans.none()
        .within(
            "a request",
            List.of(TRACE),
            () -> {
              fixture
                  .database
                  .transactions()
                  .executeWithoutResult(tx -> fixture.outbox.append(events));
              return true;
            });
    fixture.pass().runOnce();

    try (var records = Records.of(fixture.topicNames.name(topic))) {
      assertThat(records.awaitCount(events.size(), record -> true))
          .allSatisfy(
              record -> {
                assertThat(contract.violations(topic.baseName(), record)).isEmpty();
                assertThat(Records.header(record, "traceparent")).isEqualTo(TRACE);
              })
          .extracting(record -> Records.header(record, "ce_type"))
          .containsExactlyInAnyOrderElementsOf(
              events.stream().map(dev.punctual.event.Event::type).toList());
    }
  }

  @Test
  void the_pointer_to_a_refused_event_is_as_documented() {
    fixture.append("alice");
    var waiting = new WaitingEvents(fixture.database.jdbc());
    waiting.park(waiting.oldest(1, Batch.NONE).get(0), "Refused: for the test");
    fixture.pass().runOnce();

    try (var letters = Records.of(fixture.topicNames.name("task-events-dlt"))) {
      assertThat(contract.violations("task-events-dlt", letters.awaitOne(record -> true)))
          .isEmpty();
    }
  }
}
