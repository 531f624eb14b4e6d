package dev.punctual.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was typed after {@code schema}.
 *
 * @param values options that have a value, without the dashes
 * @param flags options that have none
 * @param settings options of the service itself, as {@code --spring.datasource.url=…}
 */
record Arguments(
    String command, Map<String, String> values, Set<String> flags, List<String> settings) {

  private static final Set<String> VALUES = Set.of("url", "user", "password", "to", "at");
  private static final Set<String> FLAGS =
      Set.of("yes", "force", "json", "mend", "accept-differences", "help");
  private static final Set<String> OF_EVERY_COMMAND =
      Set.of("url", "user", "password", "json", "help");

  /**
   * @throws Misuse for anything that is not an option
   */
  static Arguments parse(String... typed) {
    var rest = new ArrayDeque<>(Arrays.asList(typed));
    var command = rest.isEmpty() || rest.peek().startsWith("-") ? "help" : rest.remove();
    var values = new HashMap<String, String>();
    var flags = new HashSet<String>();
    var settings = new ArrayList<String>();
    while (!rest.isEmpty()) {
      var argument = rest.remove();
      if (!argument.startsWith("--")) {
        throw new Misuse("\"%s\" is no option.".formatted(argument));
      }
      var parts = argument.substring(2).split("=", 2);
      if (FLAGS.contains(parts[0]) && parts.length == 1) {
        flags.add(parts[0]);
      } else if (VALUES.contains(parts[0])) {
        if (parts.length == 1 && rest.isEmpty()) {
          throw new Misuse("%s needs a value.".formatted(argument));
        }
        values.put(parts[0], parts.length == 2 ? parts[1] : rest.remove());
      } else if (parts[0].contains(".") && parts.length == 2) {
        settings.add(argument);
      } else {
        throw new Misuse("There is no option %s.".formatted(argument));
      }
    }
    return new Arguments(command, values, flags, settings);
  }

  /**
   * @throws Misuse for an option that this command does not have
   */
  void refuseOtherThan(Set<String> options) {
    Stream.concat(values.keySet().stream(), flags.stream())
        .filter(option -> !OF_EVERY_COMMAND.contains(option) && !options.contains(option))
        .findFirst()
        .ifPresent(
            option -> {
              throw new Misuse("\"%s\" has no option --%s.".formatted(command, option));
            });
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
