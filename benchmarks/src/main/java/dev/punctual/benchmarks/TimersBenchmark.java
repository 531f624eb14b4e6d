package dev.punctual.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code ./bench timers}: how fast due timers fire, and how late. */
public final class TimersBenchmark {

  private static final String HELP =
      """
      Fires timers with Punctual's reminder-worker, with the floor and with peers, on one PostgreSQL.
        --quick   ours and the floor only, shorter; within two minutes
        --huge    also with 10,000,000 far timers in the table
      """;

  private TimersBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var options = Set.of(arguments);
    if (options.contains("--help") || !Set.of("--quick", "--huge").containsAll(options)) {
      System.out.print(HELP);
      System.exit(options.contains("--help") ? 0 : 2);
    }
    try (var servers = TimerServers.start()) {
      var report = new TimersReport();
      run(servers, options.contains("--quick"), options.contains("--huge"), report);
      report.print();
    }
    System.exit(0); // Some peer's threads are not daemons.
  }

  private static void run(TimerServers servers, boolean quick, boolean huge, TimersReport report)
      throws IOException {
    var runs = new TimerRuns(servers, quick, report);
    runs.burst("floor", new BareTimers(servers, "burst_floor"));
    runs.burst("punctual", new PunctualTimers(servers, "burst_punctual"));
    runs.bareProduce();
    runs.spread("punctual", new PunctualTimers(servers, "spread_punctual"));
    if (quick) {
      return;
    }
    runs.spread("floor", new BareTimers(servers, "spread_floor"));
    for (var peer : List.of("db-scheduler", "quartz", "jobrunr")) {
      var name = peer.replace('-', '_');
      runs.burst(peer, new PeerTimers(servers, peer, "burst_" + name));
      runs.spread(peer, new PeerTimers(servers, peer, "spread_" + name));
    }
    runs.spreadAmongFar(new PunctualTimers(servers, "far_million"), 1_000_000);
    if (huge) {
      runs.spreadAmongFar(new PunctualTimers(servers, "far_ten_million"), 10_000_000);
    }
    runs.spreadWithBurst(new PunctualTimers(servers, "both"));
    runs.spreadWithKill(new PunctualTimers(servers, "kill"));
  }
}
