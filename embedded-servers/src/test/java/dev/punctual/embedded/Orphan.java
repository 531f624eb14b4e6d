package dev.punctual.embedded;

import java.nio.file.Path;

/** A server that nobody in this process has started, as a killed one leaves it behind. */
record Orphan(ProcessHandle process) {

  static Orphan on(Path data, int port) throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Orphan.class.getName(),
                data.toString(),
                String.valueOf(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid;
    try (var output = starter.inputReader()) {
      pid = output.readLine();
    }
    starter.destroyForcibly().waitFor();
    return new Orphan(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
  }

  /** A zombie, which has no command any more, is not. */
  boolean isAlive() {
    return process.isAlive() && process.info().command().isPresent();
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    EmbeddedPostgres.in(data).port(Integer.parseInt(arguments[1])).start();
    System.out.println(java.nio.file.Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    Thread.currentThread().join();
  }
}
