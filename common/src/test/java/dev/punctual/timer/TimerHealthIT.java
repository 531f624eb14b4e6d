package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.id.Slot;
import dev.punctual.testing.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class TimerHealthIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Engines engines = new Engines(fixture);

  @AfterEach
  void close() {
    engines.close();
    fixture.close();
  }

  private static Health health(HealthIndicator indicator) {
    return Objects.requireNonNull(indicator.health());
  }

  private static void awaitStatus(HealthIndicator indicator, Status status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> health(indicator).getStatus().equals(status));
  }

  @Test
  void a_loop_that_died_is_the_end_of_the_process_and_a_dead_listener_of_its_readiness() {
    var engine = engines.start();
    Engines.awaitSlots(engine, Slot.COUNT);
    var liveness = TimerHealth.liveness(engine);
    awaitStatus(TimerHealth.readiness(engine), Status.UP);
    awaitStatus(liveness, Status.UP);

    Engines.loop(engine, "timers-hints").interrupt();

    awaitStatus(TimerHealth.readiness(engine), Status.DOWN);
    awaitStatus(liveness, Status.DOWN);
    assertThat(health(liveness).getDetails()).containsEntry("loop", "timers-hints");
  }

  @Test
  void a_worker_that_reaches_kafka_no_more_is_not_ready_and_lives(@TempDir Path directory)
      throws IOException {
    engines.silence = Duration.ofSeconds(2);
    TimerEngine engine;
    try (var kafka = EmbeddedKafka.in(directory).start()) {
      engine = engines.start(fixture.database.dataSource(), kafka.bootstrapServers());
      awaitStatus(TimerHealth.readiness(engine), Status.UP);
    }

    awaitStatus(TimerHealth.readiness(engine), Status.DOWN);

    assertThat(health(TimerHealth.liveness(engine)).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_worker_that_can_write_nothing_is_not_ready() {
    engines.silence = Duration.ofSeconds(1);
    var engine = engines.start();
    awaitStatus(TimerHealth.readiness(engine), Status.UP);
    fixture.bell.before =
        claimed -> {
          throw new UncategorizedSQLException("t", "s", new SQLException("read-only", "25006"));
        };

    fixture.bell.set("t", 200, fixture.now().minusSeconds(5), 0);

    awaitStatus(TimerHealth.readiness(engine), Status.DOWN);
  }

  /** A way to the database that can be cut. */
  private final class Way extends DelegatingDataSource {

    private volatile boolean cut;

    Way() {
      super(fixture.database.dataSource());
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (cut) {
        throw new SQLException("No way.", "08001");
      }
      return super.getConnection();
    }
  }

  @Test
  void a_worker_without_its_database_leaves_its_slots_to_others_until_it_is_back() {
    engines.silence = Duration.ofSeconds(2);
    var way = new Way();
    var engine = engines.start(way, Stack.kafkaBootstrap());
    var other = engines.start();
    Engines.awaitSlots(engine, Slot.COUNT / 2);
    Engines.awaitSlots(other, Slot.COUNT / 2);
    awaitStatus(TimerHealth.readiness(engine), Status.UP);

    way.cut = true;

    Engines.awaitSlots(other, Slot.COUNT);
    assertThat(engine.ownedSlots()).isZero();
    awaitStatus(TimerHealth.readiness(engine), Status.DOWN);
    assertThat(health(TimerHealth.liveness(engine)).getStatus()).isEqualTo(Status.UP);

    way.cut = false;

    Engines.awaitSlots(engine, Slot.COUNT / 2);
    awaitStatus(TimerHealth.readiness(engine), Status.UP);
  }
}
