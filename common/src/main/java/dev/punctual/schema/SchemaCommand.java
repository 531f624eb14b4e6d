package dev.punctual.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code java -jar task-service.jar schema …}: what a person does with the schema of a database.
 */
public final class SchemaCommand {

  private static final String USAGE =
      """
      usage: schema COMMAND [OPTION…]

      commands
        info                 where the database stands and what was applied when
        migrate [--to V]     apply what the database lacks, up to version V
        verify               compare the database with what the migrations make; status 1 if it differs
        rollback [--to V]    undo the last version, or all down to version V
        adopt [--at 5|11]    take over a database that another tool brought to version 5 or 11

      options
        --url URL            jdbc:postgresql://host:5432/name (else SPRING_DATASOURCE_URL, else the service's setting)
        --user NAME          (else SPRING_DATASOURCE_USERNAME, else the service's setting)
        --password WORD      (else SPRING_DATASOURCE_PASSWORD, which nobody sees in the list of processes)
        --json               print JSON
        --mend               verify: first set the timers that are missing or wrong; one that is past due is never set
        --yes                rollback: do not ask
        --force              rollback: even while services are connected that need the schema
        --accept-differences adopt: take over a database that differs in what does not stand in the way

      status: 0 done, 1 not done or differences found, 2 not understood
      """;

  private static final Map<String, Subcommand> COMMANDS =
      Map.of(
          "info", new InfoCommand(),
          "migrate", new MigrateCommand(),
          "verify", new VerifyCommand(),
          "rollback", new RollbackCommand(),
          "adopt", new AdoptCommand());

  private SchemaCommand() {}

  /**
   * Runs a command on the terminal of this process, without starting the service.
   *
   * @param args as given to the service; a first {@code schema} is skipped
   * @return the exit status
   */
  public static int run(String... args) {
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    return run(new Terminal(in, System.out, System.err), args);
  }

  static int run(Terminal terminal, String... args) {
    var skip = args.length > 0 && args[0].equals("schema") ? 1 : 0;
    try {
      var arguments = Arguments.parse(Arrays.copyOfRange(args, skip, args.length));
      if (arguments.command().equals("help") || arguments.has("help")) {
        terminal.say(USAGE.strip());
        return 0;
      }
      var command = COMMANDS.get(arguments.command());
      if (command == null) {
        throw new Arguments.Misuse("There is no command \"%s\".".formatted(arguments.command()));
      }
      arguments.refuseOtherThan(command.options());
      var logging = LoggingSystem.get(SchemaCommand.class.getClassLoader());
      logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
      if (!arguments.has("json")) {
        logging.setLogLevel("dev.punctual", LogLevel.INFO);
      }
      return command.run(Target.of(arguments), arguments, terminal);
    } catch (Arguments.Misuse e) {
      terminal.complain(e.getMessage() + " \"schema --help\" lists what there is.");
      return 2;
    } catch (RuntimeException e) {
      terminal.complain(String.valueOf(SchemaException.from(e).getMessage()));
      return 1;
    }
  }
}
