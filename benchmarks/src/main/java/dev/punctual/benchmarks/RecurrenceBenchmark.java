package dev.punctual.benchmarks;

import dev.punctual.benchmarks.RecurrencePeers.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an occurrence costs: the next one five years past the start, and the first 1,000; the same
 * rules by us, by the floor and by lib-recur, ical4j and cron-utils, used plainly, in turns within
 * one run. Rules are parsed once by everyone. Figures are medians in microseconds for one call.
 */
public final class RecurrenceBenchmark {

  private static final Map<String, String> RRULES = new LinkedHashMap<>();
  private static final List<String> CRONS =
      List.of("0 9 * * 1-5", "*/15 * * * *", "30 6 1 * *", "0 0 29 2 *");

  static {
    RRULES.put("daily", "FREQ=DAILY");
    RRULES.put("weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    RRULES.put("biweekly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH");
    RRULES.put("third-friday", "FREQ=MONTHLY;BYDAY=3FR");
    RRULES.put("last-day", "FREQ=MONTHLY;BYMONTHDAY=-1");
    RRULES.put("last-working-day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
    RRULES.put("yearly", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH");
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final boolean quick;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  private RecurrenceBenchmark(boolean quick) {
    this.quick = quick;
  }

  /** Runs it, and spawning after it; {@code --quick} measures ours and the floor only. */
  public static void main(String[] args) throws IOException, SQLException {
    new RecurrenceBenchmark(List.of(args).contains("--quick")).run();
    SpawnBenchmark.main(args);
  }

  private void run() {
    print("%-18s %-14s %12s %14s%n", "rule", "by", "next, µs", "first 1000, µs");
    RRULES.forEach((name, rule) -> compare(name, RecurrencePeers.ofRRule(rule, quick), ""));
    CRONS.forEach(cron -> compare(cron, RecurrencePeers.ofCron(cron, quick), "cron_"));
    print("%n");
    ratios.forEach(
        (name, values) ->
            // One figure for all rules: the geometric mean, as of ratios it must be.
            print(
                "ratio recurrence.%s %.3f%n",
                name, Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow())));
  }

  private void compare(String name, List<Peer> peers, String prefix) {
    double[] next = medians(peers.stream().map(Peer::next).toList());
    double[] first = medians(peers.stream().map(Peer::first).toList());
    for (int i = 0; i < peers.size(); i++) {
      String peer = peers.get(i).name();
      print("%-18s %-14s %12.3f %14.1f%n", name, peer, next[i], first[i]);
      if (i > 0) {
        note(prefix + "next_vs_" + peer, next[0] / next[i]);
        note(prefix + "first_1000_vs_" + peer, first[0] / first[i]);
      }
    }
  }

  private void note(String name, double ratio) {
    ratios.computeIfAbsent(name, n -> new ArrayList<>()).add(ratio);
  }

  /** Takes turns, so that whatever else the machine does falls on all alike. */
  private double[] medians(List<Supplier<Object>> calls) {
    int rounds = quick ? 7 : 11;
    double[][] micros = new double[calls.size()][rounds];
    int[] batches = new int[calls.size()];
    for (int i = 0; i < calls.size(); i++) {
      batches[i] = warm(calls.get(i));
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < calls.size(); i++) {
        micros[i][round] = timed(calls.get(i), batches[i]);
      }
    }
    return Arrays.stream(micros).mapToDouble(RecurrenceBenchmark::median).toArray();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Warms up for half a second of its own; returns how many calls take about 25 ms. */
  private static int warm(Supplier<Object> call) {
    double micros = timed(call, 1);
    for (double spent = 0; spent < 500_000; ) {
      int calls = (int) Math.max(1, Math.min(1_000_000, 25_000 / Math.max(micros, 0.02)));
      micros = timed(call, calls);
      spent += Math.max(micros * calls, 1_000);
    }
    return (int) Math.max(1, 25_000 / Math.max(micros, 0.02));
  }

  /** In time of this thread's processor: what others do on the machine is not counted. */
  private static double timed(Supplier<Object> call, int calls) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      sink = call.get();
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / calls;
  }

  /** Keeps results alive, so that no call is optimised away. */
  static volatile Object sink = "";

  @SuppressWarnings("SystemOut")
  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
