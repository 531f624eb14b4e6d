package dev.punctual.benchmarks;

import dev.punctual.reminderworker.ReminderWorkerApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ours: the reminder-worker as it is deployed, in 256 MB of heap. */
final class PunctualTimers implements TimerContender {

  private final TimerServers servers;
  private final String name;
  private final JdbcClient jdbc;
  private final List<FiringProcess> processes = new ArrayList<>();

  PunctualTimers(TimerServers servers, String name) {
    this.servers = servers;
    this.name = name;
    jdbc = servers.newDatabase(name);
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
    load.timers(jdbc);
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
