package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code run} in a checkout with a JDK and a Maven that only say that they were called.
 */
class RunScriptTest {
  @TempDir Path temporary;
  private Path checkout = Path.of("");

  @BeforeEach
  void check_out() throws IOException {
    checkout = temporary.toRealPath();
    Files.copy(Path.of("..", "run"), checkout.resolve("run"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.createDirectories(checkout.resolve("common/src/main"));
    program(
        "jdk/bin/java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        while [ "$1" != -cp ]; do shift; done
        jar=${2%%:*}
        echo "runs $jar"
        read -r until
        [ -f "$jar" ] && exit 3
        """);
    program("jdk/bin/javac", "");
    program(
        "tools/mvn",
        """
        echo >>builds
        sleep 0.5
        mkdir -p local-stack/target/lib
        touch local-stack/target/local-stack.jar
        """);
  }

  @Test
  void two_at_once_build_once_and_the_status_is_the_stacks() throws Exception {
    Process one = run();
    Process other = run();

    String jar = jarOf(one);
    assertThat(jarOf(other)).isEqualTo(jar);
    assertThat(checkout.resolve("builds")).hasContent("\n");
    assertThat(end(one)).isEqualTo(3);
    assertThat(end(other)).isEqualTo(3);
  }

  @Test
  void a_build_takes_nothing_from_a_stack_that_runs_and_later_its_classes_go() throws Exception {
    Process running = run();
    String old = jarOf(running);
    edit("common/src/main/Edited.java");

    Process second = run();
    assertThat(jarOf(second)).isNotEqualTo(old);
    assertThat(end(second)).isEqualTo(3);
    assertThat(end(running)).isEqualTo(3);

    edit("README.md");
    edit("system-tests/src/main/Edited.java");
    Process third = run();
    jarOf(third);
    assertThat(checkout.resolve("builds")).hasContent("\n\n");
    assertThat(Path.of(old)).doesNotExist();
    assertThat(end(third)).isEqualTo(3);
  }

  @Test
  void a_build_that_was_killed_does_not_stop_the_next() throws Exception {
    Path target = Files.createDirectories(checkout.resolve("local-stack/target"));
    Files.createSymbolicLink(target.resolve("run.lock"), Path.of("999999999"));

    Process process = run();

    assertThat(jarOf(process)).startsWith(target.toString());
    assertThat(end(process)).isEqualTo(3);
    assertThat(target.resolve("run.lock")).doesNotExist();
  }

  @Test
  void without_a_jdk_or_with_a_build_that_fails_it_says_so_with_status_1() throws Exception {
    program("tools/mvn", "echo '[ERROR] no such symbol'; exit 1");
    assertThat(failure(run())).contains("[ERROR] no such symbol").contains("The build failed");

    Files.delete(checkout.resolve("jdk/bin/javac"));
    assertThat(failure(run())).contains("needs a JDK").contains("has no javac");

    Files.delete(checkout.resolve("jdk/bin/java"));
    assertThat(failure(run())).contains("needs a JDK, version 17 or newer, and found none");
  }

  private Process run() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(checkout.resolve("run").toString());
    builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
    builder.environment().merge("PATH", checkout + "/tools", (path, ours) -> ours + ":" + path);
    return builder.redirectError(ProcessBuilder.Redirect.to(errors().toFile())).start();
  }

  private Path errors() {
    return checkout.resolve("errors");
  }

  private String jarOf(Process process) throws IOException {
    String said = process.inputReader().readLine();
    assertThat(said).as(Files.readString(errors())).startsWith("runs ");
    return said.substring("runs ".length());
  }

  /** Lets the program end that was started, and returns its status. */
  private static int end(Process process) throws Exception {
    process.outputWriter().close();
    return status(process);
  }

  private String failure(Process process) throws Exception {
    assertThat(status(process)).isEqualTo(1);
    return Files.readString(errors());
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void edit(String source) throws IOException {
    Path file = checkout.resolve(source);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "edited");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private void program(String name, String script) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, List.of("#!/bin/sh", script));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
