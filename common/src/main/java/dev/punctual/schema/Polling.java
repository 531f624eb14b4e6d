package dev.punctual.schema;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Asks again, with pauses that grow up to five seconds, until there is an answer. */
final class Polling {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder()
          .includes(NotYet.class)
          .maxRetries(Long.MAX_VALUE)
          .delay(Duration.ofMillis(200))
          .multiplier(1.5)
          .maxDelay(Duration.ofSeconds(5))
          .build();

  private Polling() {}

  /**
   * The first answer.
   *
   * @throws SchemaException for what the question threw, or if this thread is interrupted
   */
  static <T> T until(Supplier<Optional<T>> question) {
    try {
      return new RetryTemplate(POLICY).execute(() -> question.get().orElseThrow(NotYet::new));
    } catch (RetryException e) {
      throw SchemaException.from(e.getCause());
    }
  }

  private static final class NotYet extends RuntimeException {}
}
