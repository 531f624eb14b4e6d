package dev.punctual.timer;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.schema.SchemaMigration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
      @Value("${spring.application.name}") String group) {
    return new TimerEngine(
        jdbc,
        new TransactionTemplate(transactions),
        handlers,
        new HintTopics(
            kafka.buildConsumerProperties(), kafka.buildProducerProperties(), names, topics, group),
        System::nanoTime,
        FiringObserver.NONE,
        () -> SchemaMigration.awaitRequiredVersion(dataSource),
        properties.handover());
  }
}
