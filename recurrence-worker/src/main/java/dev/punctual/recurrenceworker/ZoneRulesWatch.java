package dev.punctual.recurrenceworker;

import dev.punctual.schema.SchemaMigration;
import java.time.Duration;
import java.time.zone.ZoneRulesProvider;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings the templates, once and beside the firing, to the rules of the zones that this JVM has.
 */
@Component
class ZoneRulesWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ZoneRulesWatch.class);
  private static final RetryPolicy UNTIL_IT_IS_DONE =
      RetryPolicy.builder()
          .maxRetries(Long.MAX_VALUE)
          .delay(Duration.ofSeconds(1))
          .multiplier(2)
          .maxDelay(Duration.ofMinutes(1))
          .build();

  private final NewZoneRules rules;
  private final DataSource dataSource;
  private final Thread thread = new Thread(this::run, "zone-rules");
  private volatile boolean stopping;

  ZoneRulesWatch(NewZoneRules rules, DataSource dataSource) {
    this.rules = rules;
    this.dataSource = dataSource;
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      SchemaMigration.awaitRequiredVersion(dataSource);
      String version = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
      new RetryTemplate(UNTIL_IT_IS_DONE).execute(() -> attempt(version));
    } catch (RetryException | RuntimeException e) {
      if (!stopping) {
        log.error(
            "next_due_at was not computed with this JVM's zones: restart this worker. {}",
            e.getMessage(),
            e);
      }
    }
  }

  private int attempt(String version) {
    try {
      return rules.runOnce(version);
    } catch (RuntimeException e) {
      if (!stopping) {
        log.warn("Computing next_due_at with newer zones is tried again: {}", e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public void stop() {
    stopping = true;
    thread.interrupt();
  }

  @Override
  public boolean isRunning() {
    return thread.isAlive();
  }
}
