package dev.punctual.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured, round by round. */
final class Figures {

  private final Map<String, List<Double>> values = new HashMap<>();

  void add(String who, String what, double value) {
    values.computeIfAbsent(key(who, what), absent -> new ArrayList<>()).add(value);
  }

  /** The median of the rounds. */
  double median(String who, String what) {
    return median(values.getOrDefault(key(who, what), List.of()));
  }

  /** With an even number of them, the mean of the middle two. */
  private static double median(List<Double> rounds) {
    var sorted = new ArrayList<>(rounds);
    Collections.sort(sorted);
    int size = sorted.size();
    return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** The median of the rounds' quotients, since neighbours in time share the machine's mood. */
  double ratio(String who, String of, String what) {
    return ratio(who, what, of, what);
  }

  double ratio(String who, String what, String of, String other) {
    var numerators = values.getOrDefault(key(who, what), List.of());
    var denominators = values.getOrDefault(key(of, other), List.of());
    var quotients = new ArrayList<Double>();
    for (int round = 0; round < Math.min(numerators.size(), denominators.size()); round++) {
      quotients.add(numerators.get(round) / denominators.get(round));
    }
    return median(quotients);
  }

  private static String key(String who, String what) {
    return who + "\n" + what;
  }
}
