package dev.punctual.timer;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.schema.SchemaMigration;
import dev.punctual.trace.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * For a worker that fires timers: it fires those of which the context has a {@link TimerHandler}.
 * The consumer group is named after {@code spring.application.name}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimerProperties.class)
@Import(TimerConfiguration.class)
public class TimerEngineConfiguration {

  @Bean
  TimerEngine timerEngine(
      DataSource dataSource,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      List<TimerHandler> handlers,
      KafkaProperties kafka,
      TopicProperties names,
      Topics topics,
      TimerProperties properties,
      MeterRegistry meters,
      InstantSource wallClock,
      ObjectProvider<Tracer> tracer,
      ObjectProvider<LongSupplier> monotonicNanos,
      @Value("${spring.application.name}") String group) {
    var metrics = new TimerMetrics(meters);
    var engine =
        new TimerEngine(
            jdbc,
            new TransactionTemplate(transactions),
            handlers,
            new HintTopics(
                kafka.buildConsumerProperties(),
                kafka.buildProducerProperties(),
                names,
                topics,
                group,
                wallClock,
                meters),
            monotonicNanos.getIfAvailable(() -> System::nanoTime),
            metrics,
            tracer.stream().findFirst().map(Spans::new).orElseGet(Spans::none),
            () -> SchemaMigration.awaitRequiredVersion(dataSource),
            properties);
    metrics.watch(engine);
    return engine;
  }

  /** Part of the group {@code readiness}. */
  @Bean
  HealthIndicator timersHealthIndicator(TimerEngine engine) {
    return TimerHealth.readiness(engine);
  }

  /** Part of the group {@code liveness}. */
  @Bean
  HealthIndicator timerLoopsHealthIndicator(TimerEngine engine) {
    return TimerHealth.liveness(engine);
  }

  @Bean
  TimersEndpoint timersEndpoint(TimerEngine engine, JdbcClient jdbc, List<TimerHandler> handlers) {
    var kinds = handlers.stream().map(TimerHandler::kind).toList();
    return new TimersEndpoint(engine, new PendingTimers(jdbc, kinds));
  }
}
