package dev.punctual.taskservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What the service answered. */
public record Answer(int status, HttpHeaders headers, String text) {

  private static final JsonMapper JSON = new JsonMapper();

  public static Answer to(RestTestClient.ResponseSpec response) {
    var result = response.expectBody().returnResult();
    var bytes = result.getResponseBody();
    return new Answer(
        result.getStatus().value(),
        result.getResponseHeaders(),
        bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
  }

  public Answer is(int expected) {
    assertThat(status).as(text).isEqualTo(expected);
    return this;
  }

  public JsonNode body() {
    return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
  }

  public String id() {
    return body().path("id").asString();
  }

  public String etag() {
    return String.valueOf(headers.getETag());
  }

  /** Asserts a problem document with a status. */
  public Answer isProblem(int expected) {
    is(expected);
    assertThat(String.valueOf(headers.getContentType())).startsWith("application/problem+json");
    assertThat(body().path("status").asInt()).isEqualTo(expected);
    assertThat(body().path("title").asString()).isNotBlank();
    return this;
  }

  /** Asserts that the problem names a field, and says this about it. */
  public Answer naming(String field, String... said) {
    var messages =
        body()
            .path("errors")
            .valueStream()
            .filter(error -> error.path("field").asString().equals(field))
            .map(error -> error.path("message").asString())
            .toList();
    assertThat(messages).as(text).isNotEmpty();
    List.of(said).forEach(part -> assertThat(messages.get(0)).contains(part));
    return this;
  }
}
