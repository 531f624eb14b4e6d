package dev.punctual.benchmarks;

import dev.punctual.event.EventJson;
import dev.punctual.event.TaskEvent;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxPayloadSerializer;
import io.namastack.outbox.handler.OutboxHandler;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * namastack-outbox with its own tables and polling: the polling peer. Its handlers send each record
 * by itself and waits for it, so many threads and a short poll make it fastest; it does not use
 * Kafka transactions, so after a crash records may be on the log twice.
 */
final class NamastackOutbox implements Contender {

  private static final String DATABASE = "namastack";
  private static final int THREADS = 32;
  private static final String POLL = "5ms";

  private final ConfigurableApplicationContext context;
  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Committed committed;

  NamastackOutbox(Servers servers, Entrant entrant) {
    servers.database(DATABASE);
    context =
        new SpringApplicationBuilder(Service.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .properties(
                "bench.topic=" + entrant.topic(),
                "spring.datasource.url=" + servers.jdbcUrl(DATABASE),
                "spring.datasource.username=postgres",
                "spring.datasource.password=",
                "spring.datasource.hikari.maximum-pool-size=" + (THREADS + 20),
                "spring.kafka.bootstrap-servers=" + servers.kafka(),
                "spring.kafka.producer.acks=all",
                "spring.kafka.producer.compression-type=lz4",
                "spring.kafka.producer.properties[linger.ms]=0",
                "namastack.outbox.polling.batch-size=1000",
                "namastack.outbox.polling.fixed.interval=" + POLL,
                "namastack.outbox.processing.delete-completed-records=true",
                "namastack.outbox.processing.executor-core-pool-size=" + THREADS,
                "namastack.outbox.processing.executor-max-pool-size=" + THREADS,
                "namastack.outbox.instance.rebalance-interval=1s",
                "namastack.outbox.multicaster.enabled=false")
            .run();
    jdbc = context.getBean(JdbcClient.class);
    jdbc.sql("TRUNCATE outbox_record").update();
    outbox = context.getBean(Outbox.class);
    committed = new Committed(context.getBean(TransactionTemplate.class));
  }

  @Override
  public long release(List<TaskEvent> events) {
    long instant = committed.by(() -> events.forEach(this::schedule));
    // Its queries over a table that has just grown need statistics.
    jdbc.sql("ANALYZE outbox_record").update();
    return instant;
  }

  @Override
  public long write(TaskEvent event) {
    return committed.by(() -> schedule(event));
  }

  private void schedule(TaskEvent event) {
    outbox.schedule(EventJson.write(event), event.key());
  }

  @Override
  public void close() {
    context.close();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {
    @Bean
    OutboxHandler toKafka(KafkaTemplate<String, String> kafka, Environment environment) {
      return new ToKafka(kafka, environment.getRequiredProperty("bench.topic"));
    }

    /** The payload is JSON already. */
    @Bean
    OutboxPayloadSerializer serializer() {
      return new OutboxPayloadSerializer() {
        @Override
        public String serialize(Object payload) {
          return (String) payload;
        }

        @Override
        public <T> T deserialize(String serialized, Class<T> type) {
          return type.cast(serialized);
        }
      };
    }
  }

  /** What a handler has to do: return when the record is safe. */
  private record ToKafka(KafkaTemplate<String, String> kafka, String topic)
      implements OutboxHandler {

    @Override
    public boolean supports(Object payload, OutboxRecordMetadata metadata) {
      return true;
    }

    @Override
    public void handle(Object payload, OutboxRecordMetadata metadata) {
      kafka.send(Records.of(topic, metadata.getKey(), "task.created", (String) payload)).join();
    }
  }
}
