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
        --tiny    everything, with few timers: to see that all of it works
        --huge    also with 10,000,000 far timers in the table
      """;

  private TimersBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var options = Set.of(arguments);
    if (options.contains("--help") || !Set.of("--quick", "--tiny", "--huge").containsAll(options)) {
      System.out.print(HELP);
      System.exit(options.contains("--help") ? 0 : 2);
    }
    boolean tiny = options.contains("--tiny");
    try (var servers = TimerServers.start()) {
      var report = new TimersReport();
      if (options.contains("--quick")) {
        oursAndTheFloor(servers, new TimerRuns(servers, report, 20_000, 2_500));
      } else {
        var runs = new TimerRuns(servers, report, tiny ? 2_000 : 100_000, tiny ? 500 : 10_000);
        oursAndTheFloor(servers, runs);
        peers(servers, runs);
        oursInTrouble(servers, runs, tiny ? 10_000 : 1_000_000);
        if (options.contains("--huge")) {
          runs.spreadAmongFar(new PunctualTimers(servers, "far_ten_million"), 10_000_000);
        }
      }
      report.print();
    }
    System.exit(0); // Some peer's threads are not daemons.
  }

  private static void oursAndTheFloor(TimerServers servers, TimerRuns runs) throws IOException {
    runs.burst("floor", new BareTimers(servers, "burst_floor"));
    runs.burst("punctual", new PunctualTimers(servers, "burst_punctual"));
    runs.bareProduce();
    runs.spread("punctual", new PunctualTimers(servers, "spread_punctual"));
  }

  private static void peers(TimerServers servers, TimerRuns runs) throws IOException {
    for (var peer : List.of("db-scheduler", "quartz", "jobrunr")) {
      var name = peer.replace('-', '_');
      runs.burst(peer, new PeerTimers(servers, peer, "burst_" + name));
      runs.spread(peer, new PeerTimers(servers, peer, "spread_" + name));
    }
  }

  private static void oursInTrouble(TimerServers servers, TimerRuns runs, int far)
      throws IOException {
    runs.spreadAmongFar(new PunctualTimers(servers, "far_million"), far);
    runs.spreadWithBurst(new PunctualTimers(servers, "spread_with_burst"));
    runs.spreadWithKill(new PunctualTimers(servers, "spread_with_kill"));
  }
}
