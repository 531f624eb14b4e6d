package dev.punctual.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The services' runnable jars, extracted as their images do it. A service that is started from
 * plain jars takes two thirds of the processor time that it takes from jars inside a jar.
 */
final class ExtractedJars {

  private final Path directory;
  private final Map<String, Path> extracted = new HashMap<>();

  ExtractedJars(Path directory) {
    this.directory = directory;
  }

  /** The jar to start a service from, with its libraries beside it. */
  synchronized Path of(String service) {
    return extracted.computeIfAbsent(service, this::extract);
  }

  private Path extract(String service) {
    var destination = directory.resolve(service);
    var process =
        new JavaProcess(
            "the extraction of " + service,
            List.of(
                "-Djarmode=tools",
                "-jar",
                built(service).toString(),
                "extract",
                "--destination",
                destination.toString()),
            directory.resolve(service + "-extraction.log"));
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
    process.awaitExit();
    var jar = destination.resolve(service + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(process.name() + " failed:\n" + process.lastOutput());
    }
    return jar;
  }

  private static Path built(String service) {
    var jar = repository().resolve(Path.of(service, "target", "app", service + ".jar"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: build it with mvn -DskipTests package");
    }
    return jar;
  }

  /** The root of the checkout, from whichever directory of it this runs in. */
  private static Path repository() {
    var directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("task-service/pom.xml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("Run this inside the checkout");
      }
    }
    return directory;
  }
}
