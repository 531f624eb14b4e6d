package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxPropertiesTest {

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5_001})
  void a_batch_that_cannot_be_is_refused_with_what_can_be(int batchSize) {
    assertThatThrownBy(() -> new OutboxProperties(batchSize, Duration.ofSeconds(1)))
        .hasMessageContaining("punctual.outbox.batch-size")
        .hasMessageContaining("from 1 to 5000");
  }

  @Test
  void a_poll_without_a_pause_is_refused() {
    assertThatThrownBy(() -> new OutboxProperties(1_000, Duration.ZERO))
        .hasMessageContaining("punctual.outbox.poll");
  }

  @Test
  void a_wrong_setting_needs_an_operator_and_a_broker_without_an_address_does_not() {
    assertThat(Failure.needsAnOperator(new KafkaException(new ConfigException("acks", "some"))))
        .isTrue();
    assertThat(
            Failure.needsAnOperator(
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")))
        .isFalse();
  }
}
