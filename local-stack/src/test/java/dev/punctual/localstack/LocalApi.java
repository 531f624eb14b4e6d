package dev.punctual.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** The REST API of a stack, as a signed-in user sees it. */
record LocalApi(int port, String token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

  static LocalApi signIn(int port, String user) throws IOException, InterruptedException {
    String answer = new LocalApi(port, "").post("/auth/token", "{\"user\": \"" + user + "\"}");
    var token = TOKEN.matcher(answer);
    if (!token.find()) {
      throw new AssertionError("No token in " + answer);
    }
    return new LocalApi(port, token.group(1));
  }

  /** The same user at another port, with the same token. */
  LocalApi at(int otherPort) {
    return new LocalApi(otherPort, token);
  }

  String post(String path, String json) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
