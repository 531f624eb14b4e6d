package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./chaos}: faults in full, on an installation of real processes under load. */
public final class Chaos {

  private static final int OF_EACH_SERVICE = 2;
  private static final long START = System.nanoTime();

  private Chaos() {}

  /** All faults, by whom they strike. */
  static Map<String, List<Fault>> families() {
    var families = new LinkedHashMap<String, List<Fault>>();
    families.put("relays", RelayFaults.all());
    families.put("servers", ServerFaults.all());
    families.put("workers", WorkerFaults.all());
    families.put("timers", TimerFaults.all());
    families.put("lost things", LostThings.all());
    return families;
  }

  private static List<Fault> faults() {
    return families().values().stream().flatMap(List::stream).toList();
  }

  /** Runs the faults named, or all, and exits with 1 if a checker found anything wrong. */
  public static void main(String[] args) {
    ChaosOptions options;
    try {
      options = ChaosOptions.parse(args, faults());
    } catch (IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage() + " (./chaos --help)");
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(ChaosOptions.usage(faults()));
      return;
    }
    System.exit(run(options) ? 0 : 1);
  }

  private static boolean run(ChaosOptions options) {
    say("seed " + options.seed() + "; starting " + OF_EACH_SERVICE + " processes of each service");
    long end = System.nanoTime() + Duration.ofMinutes(options.minutes()).toNanos();
    var wrong = new ArrayList<String>();
    int struck = 0;
    try (var installation = Installation.start(OF_EACH_SERVICE)) {
      var trial =
          new Trial(
              installation,
              options.shortened() ? Extent.SHORTENED : Extent.FULL,
              options.seed(),
              options.writesPerSecond(),
              Chaos::say);
      do {
        for (var fault : options.faults()) {
          struck++;
          trial.run(List.of(fault)).stream()
              .filter(verdict -> !verdict.isGood())
              .forEach(verdict -> wrong.add(fault.name() + ": " + verdict));
        }
      } while (System.nanoTime() < end);
      if (!wrong.isEmpty()) {
        say("logs and data: " + installation.directory());
      }
    }
    say("");
    wrong.forEach(Chaos::say);
    say(
        "%d faults struck, %d verdicts wrong; seed %d"
            .formatted(struck, wrong.size(), options.seed()));
    return wrong.isEmpty();
  }

  static void say(String line) {
    System.out.printf("%5d s  %s%n", Duration.ofNanos(System.nanoTime() - START).toSeconds(), line);
  }
}
