package dev.punctual.localstack;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the person at the terminal chose, by an option or else by an environment variable. */
record Options(int httpPort, int postgresPort, int kafkaPort, Path data, boolean fresh) {

  private enum Setting {
    HTTP_PORT("8080"),
    POSTGRES_PORT("15432"),
    KAFKA_PORT("19092"),
    DATA(".punctual");

    private final String byDefault;

    Setting(String byDefault) {
      this.byDefault = byDefault;
    }

    String in(Map<Setting, String> chosen) {
      return chosen.getOrDefault(this, byDefault);
    }

    String option() {
      return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
      return "PUNCTUAL_" + name();
    }
  }

  static Options parse(List<String> arguments, Map<String, String> environment) {
    Map<Setting, String> chosen = new HashMap<>();
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.variable());
      if (value != null) {
        chosen.put(setting, value);
      }
    }
    boolean fresh = false;
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.pop();
      if (argument.equals("--fresh")) {
        fresh = true;
      } else {
        takeSetting(argument, rest, chosen);
      }
    }
    return new Options(
        port(Setting.HTTP_PORT, chosen),
        port(Setting.POSTGRES_PORT, chosen),
        port(Setting.KAFKA_PORT, chosen),
        Path.of(Setting.DATA.in(chosen)).toAbsolutePath().normalize(),
        fresh);
  }

  /** Whether it is an option whose value is the next argument. */
  static boolean takesNext(String argument) {
    return Arrays.stream(Setting.values()).map(Setting::option).anyMatch(argument::equals);
  }

  private static void takeSetting(
      String argument, Deque<String> rest, Map<Setting, String> chosen) {
    String[] nameAndValue = argument.split("=", 2);
    for (Setting setting : Setting.values()) {
      if (setting.option().equals(nameAndValue[0])) {
        if (nameAndValue.length == 1 && rest.isEmpty()) {
          throw new StartFailure(argument + " needs a value; ./run --help shows the options.");
        }
        chosen.put(setting, nameAndValue.length == 2 ? nameAndValue[1] : rest.pop());
        return;
      }
    }
    throw new StartFailure("Unknown option " + argument + "; ./run --help shows the options.");
  }

  private static int port(Setting setting, Map<Setting, String> chosen) {
    String value = setting.in(chosen);
    if (!value.matches("[0-9]{1,5}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > 65_535) {
      throw new StartFailure(
          "%s (%s) takes a port from 1 to 65535, not \"%s\"."
              .formatted(setting.option(), setting.variable(), value));
    }
    return Integer.parseInt(value);
  }
}
