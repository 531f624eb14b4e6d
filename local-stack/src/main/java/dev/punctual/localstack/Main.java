package dev.punctual.localstack;

import java.io.IOException;
import java.util.List;

/** What {@code ./run} runs: the stack, or one of the commands that look at it. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(List.of(arguments));
    } catch (StartFailure | IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    int command = commandIn(arguments);
    Options options = Options.parse(arguments.subList(0, command), System.getenv());
    List<String> rest = arguments.subList(command, arguments.size());
    if (rest.isEmpty()) {
      LocalStack.start(options);
      return;
    }
    Logging.ofCommand();
    if (rest.get(0).equals("events")) {
      Events.follow(options, System.out);
    } else {
      System.exit(StackSchema.command(options, rest));
    }
  }

  /** The index of the command; what stands before it are options. */
  private static int commandIn(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("events") || arguments.get(i).equals("schema")) {
        return i;
      }
    }
    return arguments.size();
  }
}
