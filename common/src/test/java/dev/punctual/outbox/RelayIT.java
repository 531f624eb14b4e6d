package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.punctual.testing.Records;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

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
            WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND datname = current_database()
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

  @Test
  void an_index_build_and_a_vacuum_go_on_beside_the_relays() {
    fixture.start(new LocalWakeup());
    await().until(() -> lockHolders() == 1);
    fixture.start(new LocalWakeup());
    await().until(() -> relaySessions().size() == 4);
    assertThat(relaySessions())
        .allMatch(name -> name.contains(" " + ProcessHandle.current().pid() + " "))
        .anyMatch(name -> name.startsWith("punctual-relay-reading "))
        .anyMatch(name -> name.startsWith("punctual-relay-deleting "));

    var jdbc = fixture.database.jdbc();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          jdbc.sql("CREATE INDEX CONCURRENTLY ix_outbox_key ON outbox (key)").update();
          jdbc.sql("VACUUM outbox").update();
        });
  }

  private List<String> relaySessions() {
    return fixture
        .database
        .jdbc()
        .sql(
            """
            SELECT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'punctual-relay%'
            """)
        .query(String.class)
        .list();
  }

  @Test
  void an_append_notifies_nobody_inside_its_transaction() throws SQLException {
    try (var listening = fixture.unpooled().getConnection();
        var statement = listening.createStatement()) {
      statement.execute("LISTEN punctual_outbox");
      fixture.append("one");
      statement.execute("SELECT 1");
      assertThat(listening.unwrap(PGConnection.class).getNotifications(500)).isNullOrEmpty();
    }
  }

  @Test
  void one_that_has_failed_says_so_until_another_has_worked() throws SQLException {
    var session = RelaySession.open(fixture.unpooled());
    assertThat(session.tryLead()).isTrue();
    try (var keeper = RelayKeeper.start(session, new LocalWakeup());
        var reading = RelaySession.openFor("reading", fixture.unpooled())) {
      var state = new RelayState();
      state.failed(new IllegalStateException("Kafka is away."), Duration.ZERO);
      fixture.start(new LocalWakeup(), state);

      // Another holds the lock, and tries for as long as it takes to give Kafka up.
      await()
          .during(Duration.ofSeconds(17))
          .atMost(Duration.ofSeconds(20))
          .until(state::failure, Objects::nonNull);
      assertThat(keeper.holdsTheLock()).isTrue();
      RelaySession.tellThatItWorks(reading);
      await().until(() -> state.failure() == null);
    }
  }

  @Test
  void a_record_that_only_the_broker_finds_too_large_is_parked_and_the_others_go_on()
      throws Exception {
    var topic =
        new ConfigResource(ConfigResource.Type.TOPIC, fixture.topicNames.name("task-events"));
    var small =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET);
    try (var admin = Admin.create(fixture.kafka)) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(small))).all().get();
    }
    var random = new byte[30_000];
    new Random(1).nextBytes(random);
    var incompressible = HexFormat.of().formatHex(random);
    fixture.append("before", incompressible, "after");
    fixture.start(fixture.wakeup);

    awaitPublished("after");
    try (var records = fixture.records()) {
      assertThat(records.readToEnd().stream().map(ConsumerRecord::key))
          .containsExactlyInAnyOrder("before", "after");
    }
    assertThat(
            fixture
                .database
                .jdbc()
                .sql("SELECT reason FROM outbox_parked")
                .query(String.class)
                .single())
        .contains("RecordTooLargeException");
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
            WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND datname = current_database()
            """)
        .query(Long.class)
        .single();
  }
}
