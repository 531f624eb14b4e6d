package dev.punctual.benchmarks;

import dev.punctual.outbox.Outbox;
import dev.punctual.reminderworker.ReminderWorkerApplication;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ours: the reminder-worker as it is deployed, in 256 MB of heap. */
final class PunctualTimers implements TimerContender {

  /** So many timers are set in one transaction, as an import would do it. */
  private static final int BATCH = 1000;

  /** More are there long before their instant, and are found by the load of each half minute. */
  private static final int MOST_ANNOUNCED = 20_000;

  private static final Duration TO_BE_FOUND = Duration.ofSeconds(32);

  private final TimerServers servers;
  private final String name;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Timers timers;
  private final List<FiringProcess> processes = new ArrayList<>();

  PunctualTimers(TimerServers servers, String name) {
    this.servers = servers;
    this.name = name;
    servers.newDatabase(name);
    var dataSource = servers.dataSource(name);
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    timers = new Timers(jdbc, new Outbox(jdbc, InstantSource.system(), () -> {}));
    servers.newTopics(name + "-");
    TimerLoad.users(jdbc);
  }

  String topicPrefix() {
    return name + "-";
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public void schedule(TimerLoad load) {
    load.tasks(jdbc);
    if (load.count() > MOST_ANNOUNCED) {
      load.timers(jdbc);
      return;
    }
    for (int from = 0; from < load.count(); from += BATCH) {
      var batch =
          IntStream.range(from, Math.min(load.count(), from + BATCH))
              .mapToObj(
                  n ->
                      new Timer(
                          TimerKind.REMINDER,
                          load.id(n),
                          load.first().plus(load.apart().multipliedBy(n))))
              .toList();
      transactions.executeWithoutResult(status -> timers.set(batch));
    }
  }

  @Override
  public Duration longestToSchedule(int count) {
    // An announcement each takes longer than a row each.
    long seconds = count > MOST_ANNOUNCED ? 30 : 90;
    return Duration.ofSeconds(seconds).multipliedBy(count).dividedBy(100_000);
  }

  @Override
  public Duration leastLead(int count) {
    return count > MOST_ANNOUNCED ? TO_BE_FOUND : Duration.ZERO;
  }

  @Override
  public void start() throws IOException {
    processes.add(
        FiringProcess.start(
            servers.directory().resolve(name + ".log"),
            "256m",
            ReminderWorkerApplication.class.getName(),
            List.of(
                "--server.port=0",
                "--spring.datasource.url=" + servers.url(name),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=",
                "--spring.kafka.bootstrap-servers=" + servers.kafka(),
                "--punctual.topics.prefix=" + topicPrefix())));
  }

  FiringProcess process(int number) {
    return processes.get(number);
  }

  @Override
  public void close() {
    processes.forEach(FiringProcess::close);
  }
}
