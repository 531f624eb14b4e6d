package dev.punctual.taskservice.events;

import dev.punctual.event.Topic;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was typed after {@code events}.
 *
 * @param settings options of the service itself, such as {@code --spring.datasource.url=…}
 */
record EventsArguments(
    String command, Map<String, String> values, Set<String> flags, List<String> settings) {

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "republish", Set.of("topic", "user", "since", "after", "raise-versions-by"),
          "replay-dead-letters", Set.of("topic"));
  private static final Set<String> FLAGS = Set.of("replay-dead-letters dry-run");

  /**
   * @throws Misuse for anything that is not understood
   */
  static EventsArguments parse(String... typed) {
    var rest = new ArrayDeque<>(Arrays.asList(typed));
    if (rest.isEmpty() || rest.contains("--help") || rest.contains("help")) {
      return new EventsArguments("help", Map.of(), Set.of(), List.of());
    }
    var command = rest.remove();
    var known = VALUES.get(command);
    if (known == null) {
      throw new Misuse("There is no command \"%s\".".formatted(command));
    }
    var values = new HashMap<String, String>();
    var flags = new HashSet<String>();
    var settings = new ArrayList<String>();
    while (!rest.isEmpty()) {
      var argument = rest.remove();
      var parts = argument.replaceFirst("^--", "").split("=", 2);
      if (!argument.startsWith("--")) {
        throw new Misuse("\"%s\" is no option.".formatted(argument));
      } else if (FLAGS.contains(command + " " + parts[0]) && parts.length == 1) {
        flags.add(parts[0]);
      } else if (known.contains(parts[0])) {
        if (parts.length == 1 && rest.isEmpty()) {
          throw new Misuse("%s needs a value.".formatted(argument));
        }
        values.put(parts[0], parts.length == 2 ? parts[1] : rest.remove());
      } else if (parts[0].contains(".") && parts.length == 2) {
        settings.add(argument);
      } else {
        throw new Misuse("There is no option %s of %s.".formatted(argument, command));
      }
    }
    return new EventsArguments(command, values, flags, settings);
  }

  /** The topic, which has to be named, without an installation's prefix. */
  Topic topic() {
    var name = value("topic").orElseThrow(() -> new Misuse("Which topic? Give --topic."));
    return Stream.of(Topic.values())
        .filter(topic -> topic.baseName().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new Misuse(
                    "There is no topic \"%s\"; there are %s (named without punctual.topics.prefix)."
                        .formatted(
                            name,
                            Stream.of(Topic.values())
                                .map(Topic::baseName)
                                .collect(Collectors.joining(", ")))));
  }

  Optional<Instant> since() {
    return value("since")
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException e) {
                throw new Misuse(
                    "--since %s is no instant; it looks like 2026-11-22T00:00:00Z."
                        .formatted(text));
              }
            });
  }

  /** 0 if the versions are to stay. */
  long raiseVersionsBy() {
    return value("raise-versions-by")
        .map(
            text -> {
              if (!text.matches("[1-9][0-9]{0,11}")) {
                throw new Misuse(
                    "--raise-versions-by %s is no number of versions, such as 1000000."
                        .formatted(text));
              }
              return Long.parseLong(text);
            })
        .orElse(0L);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** What was typed makes no sense; the message says why. */
  static final class Misuse extends RuntimeException {
    Misuse(String message) {
      super(message);
    }
  }
}
