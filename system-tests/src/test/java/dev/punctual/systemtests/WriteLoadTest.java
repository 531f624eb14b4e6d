package dev.punctual.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load against a service that answers what no service should. */
class WriteLoadTest {

  private static final int MORE_THAN_ITS_THREADS = 30;

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/auth/token", exchange -> answer(exchange, 200, "{\"access_token\": \"x\"}"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void an_answer_that_is_no_json_is_wrong_and_does_not_end_the_load() {
    assertThat(flaws(200, "<html>Bad Gateway</html>")).contains("The load failed itself");
  }

  @Test
  void an_answer_that_no_fault_explains_is_wrong_and_does_not_end_the_load() {
    assertThat(flaws(500, "{}")).contains("A create was answered");
  }

  private String flaws(int status, String body) {
    server.createContext(
        "/api/tasks",
        exchange -> {
          requests.incrementAndGet();
          answer(exchange, status, body);
        });
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var target = new WriteLoad.Target("a proxy", url, since -> true);
    try (var load = new WriteLoad(List.of(target), 200, Duration.ofSeconds(1), 1)) {
      Awaitility.await().until(() -> requests.get() > MORE_THAN_ITS_THREADS);
      return String.join("\n", load.tally().check(200, 0).wrong());
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
