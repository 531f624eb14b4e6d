package dev.punctual.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A peer: its tables beside ours, and a JVM of its own with twice our heap. */
final class PeerTimers implements TimerContender {

  static final String QUARTZ_NAME = "bench";

  private final TimerServers servers;
  private final String peer;
  private final String database;
  private final JdbcClient jdbc;
  private final List<FiringProcess> processes = new ArrayList<>();

  PeerTimers(TimerServers servers, String peer, String database) {
    this.servers = servers;
    this.peer = peer;
    this.database = database;
    jdbc = servers.newDatabase(database);
    TimerLoad.users(jdbc);
    createTables();
  }

  private void createTables() {
    switch (peer) {
      case "db-scheduler" ->
          jdbc.sql(
                  """
                  CREATE TABLE scheduled_tasks (
                    task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                    execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                    last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                    last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
                    PRIMARY KEY (task_name, task_instance));
                  CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
                  CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
                  """)
              .update();
      case "quartz" -> {
        quartzTables();
        jdbc.sql(
                """
                INSERT INTO qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable,
                  is_nonconcurrent, is_update_data, requests_recovery)
                VALUES (:name, 'remind', 'DEFAULT', :class, true, false, false, false)
                """)
            .param("name", QUARTZ_NAME)
            .param("class", QuartzRemind.class.getName())
            .update();
      }
      default -> {
        // JobRunr creates its own.
      }
    }
  }

  private void quartzTables() {
    var script = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
    try (var in = QuartzRemind.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("Quartz has no " + script);
      }
      var sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      jdbc.sql(sql.replaceAll("(?m)^--.*$", "").replaceAll("(?s)COMMIT;", "")).update();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public void schedule(TimerLoad load) {
    load.tasks(jdbc);
    switch (peer) {
      case "db-scheduler" ->
          jdbc.sql(
                  """
                  INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                  SELECT 'remind', id, remind_at, false, 1 FROM tasks WHERE id LIKE :ids
                  """)
              .param("ids", load.idPattern())
              .update();
      case "quartz" -> quartz(load);
      default -> jobRunr(load);
    }
    jdbc.sql("ANALYZE").update();
  }

  private void quartz(TimerLoad load) {
    jdbc.sql(
            """
            INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
              prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time, misfire_instr)
            SELECT :name, id, 'DEFAULT', 'remind', 'DEFAULT', extract(epoch FROM remind_at) * 1000, -1, 5, 'WAITING',
              'SIMPLE', extract(epoch FROM remind_at) * 1000, 0, 0
            FROM tasks WHERE id LIKE :ids
            """)
        .param("name", QUARTZ_NAME)
        .param("ids", load.idPattern())
        .update();
    jdbc.sql(
            """
            INSERT INTO qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval,
              times_triggered)
            SELECT :name, id, 'DEFAULT', 0, 0, 0 FROM tasks WHERE id LIKE :ids
            """)
        .param("name", QUARTZ_NAME)
        .param("ids", load.idPattern())
        .update();
  }

  private void jobRunr(TimerLoad load) {
    try (var pool = PeerConnections.pool(servers.url(database), 4)) {
      var scheduler =
          JobRunr.configure()
              .useJsonMapper(new Jackson3JsonMapper())
              .useStorageProvider(new PostgresStorageProvider(pool))
              .initialize()
              .getJobRequestScheduler();
      scheduler.create(
          IntStream.range(0, load.count())
              .mapToObj(
                  n ->
                      JobBuilder.aJob()
                          .scheduleAt(load.first().plus(load.apart().multipliedBy(n)))
                          .withJobRequest(new JobRunrRemind(load.id(n)))));
      scheduler.shutdown();
    }
  }

  @Override
  public Duration longestToSchedule(int count) {
    long seconds = peer.equals("jobrunr") ? 60 : 30;
    return Duration.ofSeconds(seconds).multipliedBy(count).dividedBy(100_000);
  }

  @Override
  public void start() throws IOException {
    processes.add(
        FiringProcess.start(
            servers.directory().resolve(database + ".log"),
            "512m",
            PeerProcess.class.getName(),
            List.of(peer, servers.url(database))));
  }

  @Override
  public void close() {
    processes.forEach(FiringProcess::close);
  }
}
