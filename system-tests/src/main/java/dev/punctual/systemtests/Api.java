package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The REST API, as one user sees it. */
final class Api {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String token;

  private Api(String token) {
    this.token = token;
  }

  /**
   * Signs in with the local issuer; the token is good at every task-service of the installation.
   */
  static Api as(String user, URI service) {
    try {
      var answer =
          HTTP.send(
              HttpRequest.newBuilder(service.resolve("/auth/token"))
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"user\": \"" + user + "\"}"))
                  .build(),
              BodyHandlers.ofString());
      return new Api(json(answer).get("access_token").asString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** An answer; the body is null when there is none. */
  record Answer(int status, @Nullable JsonNode body) {

    boolean isAcknowledged() {
      return status >= 200 && status < 300;
    }

    JsonNode json() {
      if (body == null || !isAcknowledged()) {
        throw new AssertionError("Status " + status + ": " + body);
      }
      return body;
    }
  }

  /**
   * Sends a request.
   *
   * @throws IOException if no answer came: whether it was carried out is unknown
   */
  Answer send(
      String method, URI service, String path, @Nullable Object body, Map<String, String> headers)
      throws IOException {
    var request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(EventJson.MAPPER.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body().isEmpty() ? null : json(answer));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a request that has to succeed. */
  Answer send(String method, URI service, String path, @Nullable Object body) {
    try {
      var answer = send(method, service, path, body, Map.of());
      if (!answer.isAcknowledged()) {
        throw new AssertionError(method + " " + path + " " + body + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return EventJson.MAPPER.readTree(answer.body());
  }
}
