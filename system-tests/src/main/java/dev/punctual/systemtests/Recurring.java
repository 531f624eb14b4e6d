package dev.punctual.systemtests;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A user who makes templates and chains at a steady rate, for the workers to spawn tasks: each
 * template occurs some times within its first seconds, and says so in its description; of each
 * chain the first task is completed. They bear tags, some of which are deleted.
 */
final class Recurring implements AutoCloseable {

  /** What the description of a template begins with that holds its instants. */
  static final String PLAN = "occurs ";

  private static final int OCCURRENCES = 4;
  private static final int SECONDS_APART = 2;

  private final Installation installation;
  private final Tally tally;
  private final Api user;
  private final Random random;
  private final Duration pause;
  private final AtomicInteger created = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "recurring");
  private volatile boolean running = true;

  /**
   * Starts.
   *
   * @param tally takes what no fault explains
   */
  Recurring(Installation installation, int perSecond, long seed, Tally tally) {
    this.installation = installation;
    this.tally = tally;
    this.user = Api.as("recurring@example.com", installation.readyTaskService());
    this.random = new Random(seed);
    this.pause = Duration.ofSeconds(1).dividedBy(perSecond);
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        createBoth();
        created.incrementAndGet();
      } catch (IOException e) {
        // Something is away: whether it is there now, the database tells.
      } catch (RuntimeException | Error e) {
        tally.unexpected("The recurring user failed: " + e);
      }
      Waiting.pause(pause);
    }
  }

  private void createBoth() throws IOException {
    var services = installation.services(Installation.TASK_SERVICE);
    var service = services.get(random.nextInt(services.size())).url();
    var tag = "tag " + random.nextInt(1_000_000);
    var tagId = post(service, "/api/tags", Map.of("name", tag));
    var start =
        LocalDateTime.now(ZoneOffset.UTC)
            .plusSeconds(3 + random.nextInt(3))
            .truncatedTo(ChronoUnit.SECONDS);
    template(service, start, tag);
    var first =
        post(
            service,
            "/api/tasks",
            Map.of(
                "title", "a chain",
                "tags", List.of(tag),
                "due_date", start.toInstant(ZoneOffset.UTC).toString(),
                "recurrence_rule", Map.of("frequency", "weekly", "interval", 1)));
    post(service, "/api/tasks/" + first + "/complete", Map.of());
    if (random.nextInt(4) == 0) {
      user.send("DELETE", service, "/api/tags/" + tagId, null, Map.of());
    }
  }

  private void template(URI service, LocalDateTime start, String tag) throws IOException {
    var times =
        LongStream.range(0, OCCURRENCES)
            .mapToObj(n -> start.plusSeconds(n * SECONDS_APART))
            .toList();
    var plan =
        times.stream()
            .map(time -> time.toInstant(ZoneOffset.UTC).toString())
            .collect(Collectors.joining(" "));
    var added = times.stream().skip(1).map(ISO_LOCAL_DATE_TIME::format).toList();
    post(
        service,
        "/api/recurring-tasks",
        Map.of(
            "title",
            "a template",
            "description",
            PLAN + plan,
            "tags",
            List.of(tag),
            "recurrence_rule",
            Map.of("frequency", "daily", "rdates", added),
            "catch_up",
            "all",
            "time_zone",
            "UTC",
            "start_at",
            ISO_LOCAL_DATE_TIME.format(start)));
  }

  private String post(URI service, String path, Map<String, Object> body) throws IOException {
    var answer = user.send("POST", service, path, body.isEmpty() ? null : body, Map.of());
    if (!answer.isAcknowledged()) {
      if (answer.status() != Writer.AWAY) {
        tally.unexpected("POST " + path + " " + body + ": " + answer);
      }
      throw new IOException(path + ": " + answer);
    }
    return answer.json().path("id").asString();
  }

  /** The instants that a description holds. */
  static List<Instant> plan(String description) {
    return Arrays.stream(description.substring(PLAN.length()).split(" ", -1))
        .map(Instant::parse)
        .toList();
  }

  /** How many of each were acknowledged. */
  int created() {
    return created.get();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
