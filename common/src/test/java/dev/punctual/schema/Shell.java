package dev.punctual.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import javax.sql.DataSource;

/** Types schema commands and keeps what they print. */
final class Shell {

  private final DataSource database;
  private String answer = "";

  private Shell(DataSource database) {
    this.database = database;
  }

  static Shell on(DataSource database) {
    return new Shell(database);
  }

  Shell answering(String answer) {
    this.answer = answer;
    return this;
  }

  Result type(String line) {
    var arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    arguments.addAll(Arrays.asList(ScratchServer.coordinates(database)));
    return run(answer, arguments.toArray(String[]::new));
  }

  static Result run(String answer, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var in = new BufferedReader(new StringReader(answer));
    var terminal =
        new Terminal(in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    var status = SchemaCommand.run(terminal, arguments);
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  record Result(int status, String out, String err) {}
}
