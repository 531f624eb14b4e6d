package dev.punctual.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The JVM of a peer: starts it, as fast as it can be set, and runs until it is ended. */
final class PeerProcess {

  private static final int THREADS = 16;

  private PeerProcess() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "db-scheduler" -> dbScheduler(arguments[1]);
      case "quartz" -> quartz(arguments[1]);
      case "jobrunr" -> jobRunr(arguments[1]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    Thread.currentThread().join();
  }

  private static void dbScheduler(String url) {
    var pool = PeerConnections.pool(url, THREADS + 4);
    var jdbc = JdbcClient.create(pool);
    var remind =
        Tasks.oneTime("remind")
            .execute((instance, context) -> PeerEffects.write(jdbc, instance.getId()));
    Scheduler.create(pool, remind)
        .threads(THREADS)
        .pollUsingLockAndFetch(1.0, 4.0)
        .pollingInterval(Duration.ofMillis(20))
        .build()
        .start();
  }

  private static void quartz(String url) throws SchedulerException {
    QuartzRemind.JDBC.complete(JdbcClient.create(PeerConnections.pool(url, THREADS)));
    var settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("org.quartz.scheduler.instanceName", PeerTimers.QUARTZ_NAME),
            Map.entry("org.quartz.scheduler.instanceId", "AUTO"),
            Map.entry("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "100"),
            Map.entry("org.quartz.scheduler.idleWaitTime", "1000"),
            Map.entry("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool"),
            Map.entry("org.quartz.threadPool.threadCount", "100"),
            Map.entry("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
            Map.entry(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"),
            Map.entry("org.quartz.jobStore.dataSource", "own"),
            Map.entry("org.quartz.jobStore.isClustered", "true"),
            Map.entry("org.quartz.jobStore.misfireThreshold", "3600000"),
            Map.entry("org.quartz.jobStore.acquireTriggersWithinLock", "true"),
            Map.entry(
                "org.quartz.dataSource.own.connectionProvider.class",
                QuartzConnections.class.getName()),
            Map.entry("org.quartz.dataSource.own.url", url)));
    new StdSchedulerFactory(settings).getScheduler().start();
  }

  private static void jobRunr(String url) {
    var pool = PeerConnections.pool(url, THREADS + 4);
    JobRunrRemind.JDBC.complete(JdbcClient.create(pool));
    JobRunr.configure()
        .useJsonMapper(new Jackson3JsonMapper())
        .useStorageProvider(new PostgresStorageProvider(pool))
        .useBackgroundJobServer(
            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andPollIntervalInSeconds(5)
                .andScheduledJobsRequestSize(5000)
                .andWorkerCount(THREADS * 4))
        .initialize();
  }
}
