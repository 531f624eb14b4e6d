package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.testing.Records;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayIT {

  private final RelayFixture fixture = new RelayFixture();

  @BeforeEach
  void noRelayOfAnotherTestHoldsTheLock() {
    await().until(() -> lockHolders() == 0);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void what_is_committed_reaches_kafka_without_waiting_for_a_poll() {
    fixture.start(fixture.wakeup);
    fixture.append("one");
    awaitPublished("one");
    fixture.append("two");
    awaitPublished("two");
  }

  @Test
  void a_process_that_stands_by_wakes_the_active_one() {
    fixture.start(new LocalWakeup());
    await().until(() -> lockHolders() == 1);
    fixture.start(fixture.wakeup);

    fixture.append("from the other process");
    awaitPublished("from the other process");
  }

  @Test
  void wake_ups_that_never_cease_do_not_cost_the_active_one_its_lock() {
    fixture.start(new LocalWakeup());
    await().until(() -> lockHolders() == 1);
    var leader = leader();
    fixture.start(fixture.wakeup);

    await()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofSeconds(4))
        .until(
            () -> {
              fixture.wakeup.raise();
              return leader().equals(leader);
            });
  }

  private List<Integer> leader() {
    return fixture
        .database
        .jdbc()
        .sql(
            """
            SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE locktype = 'advisory' AND granted AND datname = current_database()
            """)
        .query(Integer.class)
        .list();
  }

  @Test
  void when_the_active_one_stops_another_goes_on() {
    var first = fixture.start(new LocalWakeup());
    await().until(() -> lockHolders() == 1);
    fixture.start(fixture.wakeup);
    fixture.append("one");
    awaitPublished("one");

    first.stop();
    fixture.append("two");
    awaitPublished("two");
  }

  @Test
  void a_session_cut_in_the_database_costs_latency_only() {
    fixture.start(fixture.wakeup);
    fixture.append("one");
    awaitPublished("one");

    fixture
        .database
        .jdbc()
        .sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'punctual-relay%'
            """)
        .query(Boolean.class)
        .list();
    fixture.append("two");
    awaitPublished("two");
  }

  @Test
  void a_relay_that_stands_by_waits_in_no_lock_and_no_transaction() {
    fixture.start(new LocalWakeup());
    await().until(() -> lockHolders() == 1);
    fixture.start(new LocalWakeup());
    await()
        .during(Duration.ofSeconds(1))
        .until(() -> relaySessionsThatWaitOrStayInATransaction() == 0);
  }

  private long relaySessionsThatWaitOrStayInATransaction() {
    return fixture
        .database
        .jdbc()
        .sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'punctual-relay%'
              AND (wait_event_type = 'Lock' OR state LIKE 'idle in transaction%')
            """)
        .query(Long.class)
        .single();
  }

  private void awaitPublished(String key) {
    try (var records = fixture.records()) {
      assertThat(records.awaitOne(Records.withKey(key))).isNotNull();
    }
  }

  private long lockHolders() {
    return fixture
        .database
        .jdbc()
        .sql(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE locktype = 'advisory' AND granted AND datname = current_database()
            """)
        .query(Long.class)
        .single();
  }
}
