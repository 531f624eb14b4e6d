package dev.punctual.taskservice.events;

import dev.punctual.event.Topic;
import dev.punctual.event.TopicProperties;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.task.TaskSnapshots;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code java -jar task-service.jar events …}, without starting the service. */
public final class EventsCommand {

  private static final String USAGE =
      """
      usage: events COMMAND [OPTION…]

      commands
        republish --topic task-events [--user ID] [--since INSTANT] [--after ID] [--raise-versions-by N]
            writes the current state of tasks to the outbox, as task.snapshot events, for a consumer that starts late or
            after events were lost; a running service publishes them. It lets live events go first.
              --user    only tasks of this user
              --since   only tasks changed at this instant or after, such as 2026-11-22T00:00:00Z
              --after   goes on after this task, where a run was interrupted
              --raise-versions-by
                        first raises each task's version, above those that consumers saw before the database was restored
        replay-dead-letters --topic TOPIC [--dry-run]
            puts the dead letters of a topic (task-events, timers, notifications) back on it, each once, and events that
            Kafka refused back into the outbox
              --dry-run lists them, with their reasons, and puts nothing back

      The database and Kafka are those of the service: its environment variables and files hold, or options such as
      --spring.datasource.url=… --spring.kafka.bootstrap-servers=… --punctual.topics.prefix=…

      status: 0 done, 1 failed, 2 not understood, 130 interrupted
      """;

  private EventsCommand() {}

  /** What the commands need of the service's configuration. Not found by its component scan. */
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
  })
  @EnableConfigurationProperties({TopicProperties.class, KafkaProperties.class})
  static final class Context {}

  /**
   * Runs a command on the terminal of this process.
   *
   * @param args as given to the service; a first {@code events} is skipped
   * @return the exit status
   */
  public static int run(String... args) {
    var terminal = new Terminal(System.out, System.err);
    terminal.finishBatchWhenInterrupted();
    try {
      return run(terminal, args);
    } finally {
      terminal.ended();
    }
  }

  static int run(Terminal terminal, String... args) {
    var skip = args.length > 0 && args[0].equals("events") ? 1 : 0;
    try {
      var arguments = EventsArguments.parse(Arrays.copyOfRange(args, skip, args.length));
      if (arguments.command().equals("help")) {
        terminal.say(USAGE.strip());
        return 0;
      }
      arguments.topic();
      try (var context = context(arguments)) {
        return arguments.command().equals("republish")
            ? republish(terminal, arguments, context)
            : replay(terminal, arguments, context);
      }
    } catch (EventsArguments.Misuse e) {
      terminal.complain(e.getMessage() + " \"events --help\" lists what there is.");
      return 2;
    } catch (DataAccessException | TransactionException e) {
      terminal.complain(
          "The database does not take part: " + e.getMostSpecificCause().getMessage());
      return 1;
    } catch (KafkaException e) {
      terminal.complain("Kafka does not take part: " + e.getMessage());
      return 1;
    }
  }

  private static int republish(
      Terminal terminal, EventsArguments arguments, ConfigurableApplicationContext context) {
    if (arguments.topic() != Topic.TASK_EVENTS) {
      throw new EventsArguments.Misuse(
          "Only task-events can be republished: it is the topic whose events carry a state.");
    }
    var selection =
        new TaskSnapshots.Selection(
            arguments.value("user").orElse(null), arguments.since().orElse(null));
    var jdbc = context.getBean(JdbcClient.class);
    // Nobody is woken: the relay looks by itself within a second, and then finds a long batch.
    var outbox = new Outbox(jdbc, InstantSource.system(), () -> {});
    var snapshots =
        new TaskSnapshots(
            jdbc, context.getBean(TransactionTemplate.class), outbox, arguments.raiseVersionsBy());
    var republish =
        new Republish(snapshots, jdbc, selection, arguments.value("after").orElse(""), terminal);
    boolean complete = false;
    try {
      complete = republish.run();
    } finally {
      if (!complete) {
        terminal.complain(
            "Stopped after %,d tasks. To go on, add --after %s"
                .formatted(republish.done(), republish.last()));
      }
    }
    if (complete) {
      terminal.say(
          "Done: %,d tasks are in the outbox; a running service publishes them."
              .formatted(republish.done()));
    }
    return complete ? 0 : 130;
  }

  private static int replay(
      Terminal terminal, EventsArguments arguments, ConfigurableApplicationContext context) {
    var replay =
        new DeadLetterReplay(
            context.getBean(KafkaProperties.class),
            context.getBean(TopicProperties.class).name(arguments.topic()),
            new ParkedEvents(
                context.getBean(JdbcClient.class), context.getBean(TransactionTemplate.class)),
            terminal);
    return replay.run(arguments.has("dry-run")) ? 0 : 130;
  }

  /** No request waits for a command, and its statements may go over all tasks. */
  private static void bePatient(ConfigurableApplicationContext context) {
    var dataSource = "spring.datasource.hikari.data-source-properties.";
    context
        .getEnvironment()
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new MapPropertySource(
                "patience",
                Map.of(
                    dataSource + "options", "-c statement_timeout=15min -c lock_timeout=5s",
                    dataSource + "socketTimeout", "900")));
  }

  private static ConfigurableApplicationContext context(EventsArguments arguments) {
    return new SpringApplicationBuilder(Context.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .properties("spring.config.name=task-service", "logging.level.root=WARN")
        .initializers(EventsCommand::bePatient)
        .run(arguments.settings().toArray(String[]::new));
  }
}
