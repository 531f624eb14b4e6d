package dev.punctual.systemtests;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The command line of {@code ./chaos}. */
record ChaosOptions(
    boolean help,
    boolean shortened,
    long seed,
    int minutes,
    int writesPerSecond,
    List<Fault> faults) {

  static ChaosOptions parse(String[] args, List<Fault> known) {
    boolean help = false;
    boolean shortened = false;
    long seed = new Random().nextInt(1_000_000);
    int minutes = 0;
    int writesPerSecond = 200;
    var faults = new ArrayList<Fault>();
    for (var words = List.of(args).iterator(); words.hasNext(); ) {
      var word = words.next();
      switch (word) {
        case "-h", "--help" -> help = true;
        case "--short" -> shortened = true;
        case "--seed" -> seed = number(word, words);
        case "--minutes" -> minutes = (int) number(word, words);
        case "--rate" -> writesPerSecond = (int) number(word, words);
        default -> faults.add(named(word, known));
      }
    }
    return new ChaosOptions(
        help, shortened, seed, minutes, writesPerSecond, faults.isEmpty() ? known : faults);
  }

  private static long number(String option, Iterator<String> words) {
    var word = words.hasNext() ? words.next() : "";
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " takes a whole number, not '" + word + "'");
    }
  }

  private static Fault named(String name, List<Fault> known) {
    return known.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no fault '" + name + "'"));
  }

  static String usage(List<Fault> known) {
    return """
        ./chaos [--seed N] [--minutes M] [--rate W] [--short] [FAULT…]

        Starts two processes of each service on a PostgreSQL and a Kafka of their own, keeps them under load, strikes them
        with each fault (or those named), and after each compares the topics with the database. Exits with 0 if every
        checker is content, 1 if not, 2 for a wrong command line.

          --seed N      what is chosen by chance is chosen with this seed (printed when not given)
          --minutes M   goes through the faults again until so many minutes are over
          --rate W      writes per second (200)
          --short       each fault as short as in the build

        Faults:
        """
        + known.stream()
            .map(fault -> "  %-16s %s%n".formatted(fault.name(), fault.description()))
            .collect(Collectors.joining());
  }
}
