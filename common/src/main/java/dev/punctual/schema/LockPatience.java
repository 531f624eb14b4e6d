package dev.punctual.schema;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Tries again, with growing pauses and for ten minutes in all, what gave up waiting for a lock.
 * Giving up soon is what keeps writes from queueing behind a migration; patience is what makes it
 * succeed in the end.
 */
final class LockPatience {

  private static final Logger log = LoggerFactory.getLogger(LockPatience.class);

  private static final RetryPolicy POLICY =
      RetryPolicy.builder()
          .predicate(LockPatience::isLockTimeout)
          .maxRetries(Long.MAX_VALUE)
          .delay(Duration.ofMillis(200))
          .multiplier(1.5)
          .jitter(Duration.ofMillis(100))
          .maxDelay(Duration.ofSeconds(10))
          .timeout(Duration.ofMinutes(10))
          .build();

  private LockPatience() {}

  /**
   * The result of the first attempt that did not time out on a lock.
   *
   * @throws SchemaException for any other failure, or when the ten minutes are over
   */
  static <T> T run(String what, Callable<T> attempt) {
    try {
      return new RetryTemplate(POLICY).execute(() -> logging(what, attempt));
    } catch (RetryException e) {
      throw SchemaException.from(e.getCause());
    }
  }

  private static <T> T logging(String what, Callable<T> attempt) throws Exception {
    try {
      return attempt.call();
    } catch (Exception e) {
      if (isLockTimeout(e)) {
        log.info("{} gave up a lock, so that writes go on, and will ask again soon", what);
      }
      throw e;
    }
  }

  private static boolean isLockTimeout(Throwable e) {
    return SchemaException.sqlState(e).filter("55P03"::equals).isPresent();
  }
}
