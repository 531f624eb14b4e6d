package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayMetricsIT {

  private final RelayFixture fixture = new RelayFixture();
  private final RelayState state = new RelayState();
  private final RelayMetrics metrics =
      new RelayMetrics(new OutboxBacklog(fixture.database.jdbc()), state, InstantSource.system());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void bind() {
    metrics.bindTo(meters);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void depth_and_age_tell_what_waits() {
    fixture.append("a", "b", "c");
    sql("UPDATE outbox SET created_at = created_at - interval '90 s' WHERE key = 'a'");
    assertThat(gauge("punctual.outbox.depth")).isEqualTo(3);
    assertThat(gauge("punctual.outbox.oldest.age")).isBetween(90.0, 120.0);
  }

  @Test
  void an_empty_outbox_has_no_age() {
    assertThat(gauge("punctual.outbox.depth")).isZero();
    assertThat(gauge("punctual.outbox.oldest.age")).isZero();
  }

  @Test
  void a_database_that_is_away_gives_no_figure() {
    fixture.database.close();
    assertThat(gauge("punctual.outbox.depth")).isNaN();
  }

  @Test
  void each_kafka_transaction_is_a_batch_with_the_latency_of_each_event() {
    fixture.append("a", "b", "c");
    fixture.pass(metrics).runOnce();

    var batches = meters.get("punctual.relay.batch").summary();
    assertThat(batches.count()).isEqualTo(1);
    assertThat(batches.totalAmount()).isEqualTo(3);
    assertThat(meters.get("punctual.relay.search").timer().count()).isEqualTo(1);
    var latency = meters.get("punctual.relay.latency").timer();
    assertThat(latency.count()).isEqualTo(3);
    assertThat(latency.max(TimeUnit.MILLISECONDS)).isBetween(0.1, 60_000.0);
  }

  @Test
  void the_active_one_and_the_stopped_one_are_told_apart() {
    assertThat(gauge("punctual.relay.active")).isZero();
    state.active();
    assertThat(gauge("punctual.relay.active")).isEqualTo(1);
    state.failed(
        new org.apache.kafka.common.errors.TopicAuthorizationException("task-events"),
        Duration.ofSeconds(1));
    assertThat(gauge("punctual.relay.active")).isZero();
    assertThat(gauge("punctual.relay.stopped")).isEqualTo(1);
  }

  @Test
  void parked_events_are_counted() {
    fixture.append("a");
    var waiting = new WaitingEvents(fixture.database.jdbc());
    waiting.park(waiting.oldest(1, Batch.NONE).get(0), "too large");
    assertThat(gauge("punctual.outbox.parked")).isEqualTo(1);
  }

  private double gauge(String name) {
    var gauge = meters.find(name).gauge();
    return gauge == null ? meters.get(name).timeGauge().value(TimeUnit.SECONDS) : gauge.value();
  }

  private void sql(String statement) {
    fixture.database.jdbc().sql(statement).update();
  }
}
