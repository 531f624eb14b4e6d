package dev.punctual.localstack;

import java.io.PrintStream;
import java.time.Duration;

/** What the person at the terminal reads while the stack comes up. */
final class Progress {
  private final PrintStream terminal;
  private final long start = System.nanoTime();

  Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  void starting(DataDirectory data) {
    terminal.printf("Starting Punctual on %s%n", data.root());
  }

  void ready(String part) {
    terminal.printf("  %-18s ready after %s%n", part, elapsed());
  }

  /** The URLs, and a first request that works when it is pasted. */
  void allReady(Options options, DataDirectory data, String password) {
    String http = "http://127.0.0.1:" + options.httpPort();
    terminal.printf(
        """

        Punctual is ready after %s.

          REST API    %s/api
          PostgreSQL  postgresql://postgres:%s@127.0.0.1:%d/%s
          Kafka       127.0.0.1:%d
          Log         %s

        Paste this to write a first task:

          TOKEN=$(curl -s %s/auth/token -H 'Content-Type: application/json' -d '{"user": "alice@example.com"}' | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')
          curl -i %s/api/tasks -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title": "Water the plants"}'

        Ctrl-C stops everything; the data stays.
        """,
        elapsed(),
        http,
        password,
        options.postgresPort(),
        Servers.DATABASE,
        options.kafkaPort(),
        data.log(),
        http,
        http);
  }

  private String elapsed() {
    return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
  }
}
