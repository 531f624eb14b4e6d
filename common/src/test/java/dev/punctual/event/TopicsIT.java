package dev.punctual.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TopicsIT {

  private final String prefix = Stack.newTopicPrefix();

  @RepeatedTest(5)
  void topics_that_were_created_just_now_are_known_and_nothing_is_said_of_a_loss(
      CapturedOutput output) {
    topics(4).ensure();
    topics(4).ensure();
    assertThat(output).doesNotContain(prefix + "outbox-progress was lost");
    assertThat(output).doesNotContain(prefix + "task-events was lost");
  }

  @ParameterizedTest
  @CsvSource({
    "outbox-progress, The events of the last batch may be on the log twice",
    "task-events, events republish --topic task-events",
    "notifications, What was on it is gone"
  })
  void whoever_creates_a_lost_topic_anew_warns_and_says_what_to_do(
      String topic, String said, CapturedOutput output) throws Exception {
    topics(4).ensure();
    try (var admin = Admin.create(kafka())) {
      admin.deleteTopics(List.of(prefix + topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(prefix + topic));
    }

    topics(4).ensure();
    assertThat(output).contains("Topic " + prefix + topic + " was lost").contains(said);
  }

  @Test
  void a_progress_topic_that_the_broker_made_by_itself_is_compacted(CapturedOutput output)
      throws Exception {
    given(prefix + "outbox-progress", 1);
    topics(4).ensure();

    await().until(() -> config("outbox-progress", "cleanup.policy").equals("compact"));
    assertThat(output).contains("had cleanup.policy=delete");
  }

  @Test
  void fewer_partitions_than_wanted_are_told_of_once(CapturedOutput output) throws Exception {
    given(prefix + "task-events", 1);
    var topics = topics(4);
    topics.ensure();
    topics.ensure();

    assertThat(output).containsOnlyOnce("Topic " + prefix + "task-events has 1 partitions");
  }

  @Test
  void a_kafka_that_is_away_is_given_up_soon() {
    var nowhere = new Topics(Map.of("bootstrap.servers", "127.0.0.1:1"), properties(4));
    assertTimeoutPreemptively(
        Duration.ofSeconds(14),
        () -> assertThatThrownBy(nowhere::ensure).isInstanceOf(KafkaException.class));
  }

  @Test
  void a_partition_count_that_is_no_power_of_two_is_refused_with_the_reason() throws Exception {
    given(prefix + "timers", 6);

    assertThatThrownBy(() -> topics(4).ensure())
        .isInstanceOf(Topics.WrongPartitions.class)
        .hasMessageContaining("has 6 partitions; it must be a power of two");
  }

  @Test
  void topics_keep_their_records_as_long_as_configured() throws Exception {
    topics(4).ensure();

    assertThat(config("task-events", "retention.ms")).isEqualTo("86400000");
    assertThat(config("timers", "retention.ms")).isEqualTo("3600000");
    assertThat(config("outbox-progress", "cleanup.policy")).isEqualTo("compact");
  }

  private static void given(String topic, int partitions) throws Exception {
    Stack.createTopic(topic, partitions);
    try (var admin = Admin.create(kafka())) {
      await().until(() -> admin.listTopics().names().get().contains(topic));
    }
  }

  private Topics topics(int partitions) {
    return new Topics(kafka(), properties(partitions));
  }

  private TopicProperties properties(int partitions) {
    return new TopicProperties(
        prefix, partitions, (short) 1, Duration.ofDays(1), Duration.ofHours(1));
  }

  private String config(String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic);
    try (var admin = Admin.create(kafka())) {
      var described = admin.describeConfigs(List.of(resource)).values().get(resource);
      return requireNonNull(described).get().get(name).value();
    }
  }

  private static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", Stack.kafkaBootstrap());
  }
}
