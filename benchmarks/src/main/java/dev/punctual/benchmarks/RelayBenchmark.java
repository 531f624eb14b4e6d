package dev.punctual.benchmarks;

import dev.punctual.benchmarks.Contender.Entrant;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast an event gets from a commit to its consumers: Punctual's outbox beside the floor, which
 * is Kafka without a database, and beside peers that do the same job.
 */
public final class RelayBenchmark {

  static final String PUNCTUAL = "punctual";
  static final String BARE = "bare producer";
  static final String NAMASTACK = "namastack-outbox";
  static final String DEBEZIUM = "debezium-engine";
  static final String TRANSACTIONAL = "transactional producer";

  private static final String HELP =
      """
      Usage: ./bench relay [--quick] [--help]

      Measures, against an embedded PostgreSQL (fsync on) and an embedded Kafka broker, each in processes of its own:
        drain     how fast 100,000 events that wait reach a read_committed consumer
        latency   from commit to that consumer, at 200 and at 1,000 events/s, coordinated omission avoided
        write     what the outbox costs a write: a transaction with and without an event
      for Punctual, for the floor (producers without a database, with and without transactions), and for
      namastack-outbox and Debezium's embedded engine.

        --quick   Punctual and the floor only, shorter, within two minutes (all of it: within 13)

      Figures are medians of rounds in which everyone has a turn. Lines "ratio relay.WHAT VALUE" follow the table.
      """;

  private RelayBenchmark() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    var options = List.of(arguments);
    if (options.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    var unknown = options.stream().filter(option -> !option.equals("--quick")).toList();
    if (!unknown.isEmpty()) {
      System.err.println("Unknown: " + unknown);
      System.err.print(HELP);
      System.exit(2);
    }
    boolean quick = options.contains("--quick");
    try (var servers = Servers.start(!quick)) {
      run(servers, quick ? Plan.QUICK : Plan.FULL, entrants(servers, quick));
    }
    System.exit(0); // Some peer's threads are not daemons.
  }

  private static List<Entrant> entrants(Servers servers, boolean quick) {
    var entrants = new ArrayList<Entrant>();
    entrants.add(new Entrant(BARE, entrant -> new BareProducer(servers, entrant)));
    entrants.add(
        new Entrant(TRANSACTIONAL, entrant -> new TransactionalProducer(servers, entrant)));
    entrants.add(new Entrant(PUNCTUAL, entrant -> new PunctualOutbox(servers, entrant)));
    if (!quick) {
      entrants.add(new Entrant(NAMASTACK, entrant -> new NamastackOutbox(servers, entrant)));
      entrants.add(new Entrant(DEBEZIUM, entrant -> new DebeziumOutbox(servers, entrant)));
    }
    return entrants;
  }

  private static void say(long start, String line) {
    System.err.printf("%4d s  %s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds(), line);
  }

  private static void run(Servers servers, Plan plan, List<Entrant> entrants) {
    entrants.forEach(entrant -> servers.topics(entrant.prefix()));
    var figures = new Figures();
    long start = System.nanoTime();
    int round = 0;
    do {
      round++;
      for (var entrant : entrants) {
        say(start, "round %d of %d: %s".formatted(round, plan.rounds(), entrant.name()));
        plan.turn(servers, entrant, figures);
      }
      say(start, "round %d of %d: what a write costs".formatted(round, plan.rounds()));
      new WriteCost(servers).measure(plan.writeSeconds(), figures);
    } while (plan.allowsAnother(round, Duration.ofNanos(System.nanoTime() - start)));
    say(start, "rounds: " + round);
    RelayReport.print(figures, entrants);
  }
}
