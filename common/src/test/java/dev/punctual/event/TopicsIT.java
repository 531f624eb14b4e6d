package dev.punctual.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TopicsIT {

  private final String prefix = Stack.newTopicPrefix();

  @RepeatedTest(5)
  void topics_that_were_created_just_now_are_known() {
    assertThat(topics(4).ensure()).isFalse();
    assertThat(topics(4).ensure()).isFalse();
  }

  @Test
  void a_progress_topic_that_was_lost_is_told_from_a_first_start() throws Exception {
    topics(4).ensure();
    try (var admin = Admin.create(kafka())) {
      admin.deleteTopics(List.of(prefix + "outbox-progress")).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(prefix + "outbox-progress"));
    }

    assertThat(topics(4).ensure()).isTrue();
  }

  @Test
  void a_partition_count_that_is_no_power_of_two_is_refused_with_the_reason() {
    Stack.createTopic(prefix + "timers", 6);

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

  private Topics topics(int partitions) {
    return new Topics(
        kafka(),
        new TopicProperties(
            prefix, partitions, (short) 1, Duration.ofDays(1), Duration.ofHours(1)));
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
