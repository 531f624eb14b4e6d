package dev.punctual.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One process of a service, started as it is deployed. */
final class ServiceProcess {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final JavaProcess process;
  private final URI url;

  /** A process of a service's jar, not started yet, with these Spring properties. */
  static ServiceProcess ofJar(Path jar, String name, Path directory, Map<String, String> settings) {
    return new ServiceProcess(List.of("-jar", jar.toString()), name, directory, settings);
  }

  /** A process that runs a main class of this class path. */
  static ServiceProcess ofMain(
      List<String> mainWithOptions, String name, Path directory, Map<String, String> settings) {
    var what = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
    what.addAll(mainWithOptions);
    return new ServiceProcess(what, name, directory, settings);
  }

  private ServiceProcess(
      List<String> what, String name, Path directory, Map<String, String> settings) {
    int port = Ports.free();
    this.url = URI.create("http://127.0.0.1:" + port);
    var arguments = new ArrayList<>(List.of("-Xmx256m"));
    arguments.addAll(what);
    arguments.add("--server.port=" + port);
    settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    this.process = new JavaProcess(name, arguments, directory.resolve(name + ".log"));
  }

  JavaProcess process() {
    return process;
  }

  URI url() {
    return url;
  }

  void awaitReady() {
    Waiting.until(
        process.name() + " is ready",
        Duration.ofMinutes(3),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(
                process.name() + " has ended; its output ends with\n" + process.lastOutput());
          }
          return isReady();
        });
  }

  /** In Prometheus' text format. */
  String metrics() {
    var request =
        HttpRequest.newBuilder(url.resolve("/actuator/prometheus"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean isReady() {
    var request =
        HttpRequest.newBuilder(url.resolve("/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
