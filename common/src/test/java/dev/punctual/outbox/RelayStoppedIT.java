package dev.punctual.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.embedded.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What is no record's fault stops the relay, which says so, until it is mended. */
@Timeout(120)
class RelayStoppedIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private EmbeddedKafka broker;
  private RelayFixture fixture;
  private final RelayState state = new RelayState();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void start() throws Exception {
    // Whoever comes may do anything, except with what somebody was given rights to.
    broker =
        EmbeddedKafka.in(directory)
            .with(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true")
            .start();
    fixture = new RelayFixture(broker.bootstrapServers());
    new RelayMetrics(new OutboxBacklog(fixture.database.jdbc()), state, InstantSource.system())
        .bindTo(meters);
    fixture.start(fixture.wakeup, state);
    fixture.append("before");
    awaitPublished("before");
  }

  @AfterEach
  void stop() {
    fixture.close();
    broker.close();
  }

  @Test
  void without_the_right_to_write_it_stops_and_says_so_and_goes_on_when_it_has_it_again()
      throws Exception {
    var reserved = onlyForSomebodyElse(fixture.topicNames.name("task-events"));
    change(admin -> admin.createAcls(List.of(reserved)).all().get());
    fixture.append("a", "b", "a");

    await().atMost(PATIENCE).until(() -> stopped() == 1);
    assertThat(state.failure()).contains("TopicAuthorizationException");
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getDetails()).containsEntry("needs_an_operator", true);
    // It tries again and again, and each time it is no less stopped than before.
    await().during(Duration.ofSeconds(3)).until(() -> stopped() == 1);
    assertThat(fixture.waiting()).isEqualTo(3);

    change(admin -> admin.deleteAcls(List.of(reserved.toFilter())).all().get());
    fixture.append("after");
    assertThat(awaitPublished("after").stream().map(ConsumerRecord::key))
        .containsExactlyInAnyOrder("before", "a", "b", "a", "after");
    await().atMost(PATIENCE).until(() -> stopped() == 0 && fixture.waiting() == 0);
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails()).containsEntry("role", "active");
  }

  @Test
  void a_topic_that_was_deleted_is_created_again_and_what_was_written_meanwhile_is_on_it()
      throws Exception {
    var topic = fixture.topicNames.name("task-events");
    change(admin -> admin.deleteTopics(List.of(topic)).all().get());
    fixture.append("a", "b");
    fixture.append("a");

    await().atMost(PATIENCE).until(() -> fixture.waiting() == 0);
    assertThat(awaitPublished("a").stream().map(ConsumerRecord::key))
        .containsExactlyInAnyOrder("a", "b", "a");
  }

  private Health health() {
    return requireNonNull(RelayHealth.of(state).health());
  }

  private static AclBinding onlyForSomebodyElse(String topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry(
            "User:somebody-else", "*", AclOperation.ALL, AclPermissionType.ALLOW));
  }

  private interface Change {
    void by(Admin admin) throws Exception;
  }

  private void change(Change change) throws Exception {
    try (var admin = Admin.create(fixture.kafka)) {
      change.by(admin);
    }
  }

  private double stopped() {
    return meters.get("punctual.relay.stopped").gauge().value();
  }

  /** Everything that is on the topic, once a record of this key is. */
  private List<ConsumerRecord<String, String>> awaitPublished(String key) {
    await().atMost(PATIENCE).until(() -> published().stream().anyMatch(r -> key.equals(r.key())));
    return published();
  }

  private List<ConsumerRecord<String, String>> published() {
    try (var records = fixture.records()) {
      return records.readToEnd();
    }
  }
}
