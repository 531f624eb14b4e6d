package dev.punctual.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.punctual.event.EventJson;
import dev.punctual.event.TaskEvent;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.connect.source.SourceRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An outbox table that Debezium's embedded engine reads from the write-ahead log. */
final class DebeziumOutbox implements Contender {

  private static final String DATABASE = "debezium";

  private final HikariDataSource dataSource = new HikariDataSource();
  private final JdbcClient jdbc;
  private final Committed committed;
  private final DebeziumToKafka toKafka;
  private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  DebeziumOutbox(Servers servers, Entrant entrant) {
    servers.database(DATABASE);
    dataSource.setJdbcUrl(servers.jdbcUrl(DATABASE));
    dataSource.setUsername("postgres");
    dataSource.setMaximumPoolSize(20);
    jdbc = JdbcClient.create(dataSource);
    committed = new Committed(new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    createTable();
    toKafka = new DebeziumToKafka(servers.kafka(), entrant.topic());
    var started = new CountDownLatch(1);
    engine =
        DebeziumEngine.create(Connect.class)
            .using(DebeziumToKafka.settings(servers.postgresPort(), DATABASE))
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    started.countDown();
                  }
                })
            .notifying(toKafka)
            .build();
    thread.execute(engine);
    awaitStreaming(started);
  }

  /** Only inserts are published, so that the log's reader need not look at anything else. */
  private void createTable() {
    jdbc.sql("DROP TABLE IF EXISTS events").update();
    jdbc.sql(
            "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " key text NOT NULL, payload text NOT NULL)")
        .update();
    jdbc.sql("DROP PUBLICATION IF EXISTS bench").update();
    jdbc.sql("CREATE PUBLICATION bench FOR TABLE events WITH (publish = 'insert')").update();
  }

  private void awaitStreaming(CountDownLatch started) {
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (jdbc.sql(
                "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = 'bench'")
            .query(Integer.class)
            .single()
        == 0) {
      Pause.until(System.nanoTime() + 10_000_000);
    }
  }

  @Override
  public long release(List<TaskEvent> events) {
    return committed.by(
        () -> {
          for (int from = 0; from < events.size(); from += 1_000) {
            insert(events.subList(from, Math.min(from + 1_000, events.size())));
          }
        });
  }

  @Override
  public long write(TaskEvent event) {
    return committed.by(() -> insert(List.of(event)));
  }

  private void insert(List<TaskEvent> events) {
    jdbc.sql(
            """
            INSERT INTO events (key, payload)
            SELECT key, payload FROM unnest(:keys::text[], :payloads::text[]) WITH ORDINALITY AS e (key, payload, n) ORDER BY n
            """)
        .param("keys", events.stream().map(TaskEvent::key).toArray(String[]::new))
        .param("payloads", events.stream().map(EventJson::write).toArray(String[]::new))
        .update();
  }

  @Override
  public void close() {
    try {
      engine.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.shutdown();
      toKafka.close();
      dataSource.close();
    }
  }
}
