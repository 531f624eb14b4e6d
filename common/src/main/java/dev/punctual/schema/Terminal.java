package dev.punctual.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where a command speaks and listens. */
record Terminal(BufferedReader in, PrintStream out, PrintStream err) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  void say(String line) {
    out.println(line);
  }

  void json(Object value) {
    out.println(JSON.writeValueAsString(value));
  }

  void complain(String line) {
    err.println(line);
  }

  /** True only if the answer is "yes"; a question that nobody can answer is a no. */
  boolean confirms(String question) {
    out.print(question + " Type yes to go on: ");
    out.flush();
    try {
      return "yes".equals(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
