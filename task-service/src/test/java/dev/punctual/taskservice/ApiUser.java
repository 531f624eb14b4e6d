package dev.punctual.taskservice;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user with a token, who sends requests; and what those left in the database. */
public final class ApiUser {

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final JsonMapper JSON = new JsonMapper();

  private final String email;
  private final RestTestClient client;
  private final Rows rows;

  private ApiUser(RunningService service, String email) {
    this.email = email;
    var token =
        Answer.to(
                service
                    .anonymous()
                    .post()
                    .uri("/auth/token")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json(Map.of("user", email)))
                    .exchange())
            .body()
            .path("access_token")
            .stringValue();
    client = service.anonymous().mutate().defaultHeader("Authorization", "Bearer " + token).build();
    rows = new Rows(service.database());
  }

  /** A user that no other test has. */
  public static ApiUser anybody(RunningService service) {
    return new ApiUser(service, "user" + NEXT.incrementAndGet() + "@example.com");
  }

  public String email() {
    return email;
  }

  /** What the requests left in the database. */
  public Rows rows() {
    return rows;
  }

  public Answer get(String path) {
    return Answer.to(client.get().uri(URI.create(path)).exchange());
  }

  public Answer delete(String path, String... headers) {
    return Answer.to(client.delete().uri(path).headers(h -> h.setAll(pairs(headers))).exchange());
  }

  public Answer post(String path, Object body, String... headers) {
    return send(client.post(), path, body, headers);
  }

  public Answer post(String path) {
    return Answer.to(client.post().uri(path).exchange());
  }

  public Answer put(String path, Object body, String... headers) {
    return send(client.put(), path, body, headers);
  }

  public Answer patch(String path, Object body, String... headers) {
    return send(client.patch(), path, body, headers);
  }

  /** Creates a task and returns its JSON. */
  public JsonNode task(Map<String, ?> fields) {
    return post("/api/tasks", fields).is(201).body();
  }

  private static Answer send(
      RestTestClient.RequestBodyUriSpec request, String path, Object body, String... headers) {
    return Answer.to(
        request
            .uri(URI.create(path))
            .contentType(MediaType.APPLICATION_JSON)
            .headers(h -> h.setAll(pairs(headers)))
            .body(json(body))
            .exchange());
  }

  private static String json(Object body) {
    return body instanceof String text ? text : JSON.writeValueAsString(body);
  }

  private static Map<String, String> pairs(String... headers) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      pairs.put(headers[i], headers[i + 1]);
    }
    return pairs;
  }
}
