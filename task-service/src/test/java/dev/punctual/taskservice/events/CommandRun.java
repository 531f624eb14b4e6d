package dev.punctual.taskservice.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A command as it is typed, and what it said. */
final class CommandRun {

  private final ByteArrayOutputStream out =
      new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
          super.write(bytes, from, length);
          if (interruption != null && said().contains(interruption)) {
            interrupt();
          }
        }
      };
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

  private final List<String> settings = new ArrayList<>();
  private @Nullable String interruption;

  CommandRun(Database database, String topicPrefix) {
    database.springProperties().forEach((name, value) -> settings.add("--" + name + "=" + value));
    settings.add("--spring.kafka.bootstrap-servers=" + Stack.kafkaBootstrap());
    settings.add("--punctual.topics.prefix=" + topicPrefix);
  }

  int run(String... typed) {
    var arguments = new ArrayList<>(List.of(typed));
    settings.stream()
        .filter(setting -> arguments.stream().noneMatch(typed(setting)))
        .toList()
        .forEach(arguments::add);
    return EventsCommand.run(terminal, arguments.toArray(String[]::new));
  }

  private static Predicate<String> typed(String setting) {
    var name = setting.substring(0, setting.indexOf('=') + 1);
    return argument -> argument.startsWith(name);
  }

  void interrupt() {
    terminal.interrupt();
  }

  /** As soon as it has said this. */
  void interruptAfter(String line) {
    interruption = line;
  }

  String said() {
    return out.toString(UTF_8);
  }

  String complained() {
    return err.toString(UTF_8);
  }
}
