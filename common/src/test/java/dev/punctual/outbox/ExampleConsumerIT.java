package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.ExampleEvents;
import dev.punctual.event.TaskEvent;
import dev.punctual.event.Topic;
import dev.punctual.example.OpenTasks;
import dev.punctual.testing.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of docs/events.md does what the page says. */
class ExampleConsumerIT {

  private final RelayFixture fixture = new RelayFixture();
  private final RelayPass relay = fixture.pass();
  private final OpenTasks openTasks =
      new OpenTasks(
          Stack.kafkaBootstrap(),
          fixture.topicNames.name(Topic.TASK_EVENTS),
          Stack.newTopicPrefix());
  private final Thread running = new Thread(openTasks::run);

  @AfterEach
  void close() throws InterruptedException {
    openTasks.close();
    running.join();
    fixture.close();
  }

  @Test
  void it_follows_the_tasks_and_takes_no_notice_of_what_comes_again() {
    running.start();
    publish(TaskEvent.Kind.CREATED);
    awaitTitles(Map.of(ExampleEvents.TASK, "Water the plants"));
    publish(TaskEvent.Kind.COMPLETED);
    awaitTitles(Map.of());

    publish(TaskEvent.Kind.CREATED, TaskEvent.Kind.UPDATED);
    await().during(Duration.ofSeconds(1)).until(() -> openTasks.titles().isEmpty());
  }

  @Test
  void one_that_starts_late_is_filled_by_snapshots() {
    publish(TaskEvent.Kind.SNAPSHOT);
    running.start();
    awaitTitles(Map.of(ExampleEvents.TASK, "Water the plants"));
  }

  @Test
  void the_page_shows_the_code_that_was_run() throws Exception {
    var code = Files.readString(Path.of("src/test/java/dev/punctual/example/OpenTasks.java"));
    var body = code.substring(code.indexOf("public final class")).strip();
    assertThat(Files.readString(Path.of("../docs/events.md"))).contains(body);
  }

  private void awaitTitles(Map<String, String> titles) {
    await().atMost(Duration.ofSeconds(20)).until(() -> openTasks.titles().equals(titles));
  }

  private void publish(TaskEvent.Kind... kinds) {
    fixture
        .database
        .transactions()
        .executeWithoutResult(
            tx -> fixture.outbox.append(List.of(kinds).stream().map(ExampleEvents::task).toList()));
    relay.runOnce();
  }
}
