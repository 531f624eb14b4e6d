package dev.punctual.localstack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./run} runs: the stack, or one of the commands that look at it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(List.of(arguments));
    } catch (StartFailure | IOException e) {
      System.err.println(StartFailure.said(e));
      System.exit(1);
    }
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    int command = commandIn(arguments);
    List<String> before = arguments.subList(0, command);
    List<String> rest = arguments.subList(command, arguments.size());
    if (rest.isEmpty()) {
      LocalStack.start(Options.parse(before, System.getenv()));
      return;
    }
    Logging.ofCommand();
    if (rest.get(0).equals("events")) {
      List<String> options = new ArrayList<>(before);
      options.addAll(rest.subList(1, rest.size()));
      Events.follow(Options.parse(options, System.getenv()), System.out);
    } else {
      System.exit(StackSchema.command(Options.parse(before, System.getenv()), rest));
    }
  }

  /** The index of the command; what stands before it are options. */
  private static int commandIn(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i += Options.takesNext(arguments.get(i)) ? 2 : 1) {
      if (arguments.get(i).equals("events") || arguments.get(i).equals("schema")) {
        return i;
      }
    }
    return arguments.size();
  }
}
