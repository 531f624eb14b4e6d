package dev.punctual.timer;

import static org.awaitility.Awaitility.await;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.testing.Stack;
import dev.punctual.trace.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Workers that fire the bells of a fixture, each with its threads, in one group on Kafka. */
final class Engines implements AutoCloseable {

  private final TopicProperties names =
      new TopicProperties(
          Stack.newTopicPrefix(), 8, (short) 1, Duration.ofDays(1), Duration.ofHours(1));
  private final TimerFixture fixture;
  private final List<TimerEngine> started = new ArrayList<>();

  /** What a worker takes for silence of its servers. */
  Duration silence = Duration.ofSeconds(10);

  Engines(TimerFixture fixture) {
    this.fixture = fixture;
  }

  TimerEngine start() {
    return start(System::nanoTime);
  }

  TimerEngine start(LongSupplier nanos) {
    return start(nanos, fixture.database.dataSource(), Stack.kafkaBootstrap());
  }

  /** A worker that reaches its servers in its own way. */
  TimerEngine start(DataSource dataSource, String bootstrapServers) {
    return start(System::nanoTime, dataSource, bootstrapServers);
  }

  private TimerEngine start(LongSupplier nanos, DataSource dataSource, String bootstrapServers) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    var jdbc = JdbcClient.create(dataSource);
    var engine =
        new TimerEngine(
            jdbc,
            new TransactionTemplate(new JdbcTransactionManager(dataSource)),
            List.of(fixture.bell.on(jdbc)),
            new HintTopics(
                kafka,
                kafka,
                names,
                new Topics(kafka, names),
                "bells",
                InstantSource.system(),
                new SimpleMeterRegistry()),
            nanos,
            fixture.observer,
            Spans.none(),
            () -> {},
            new TimerProperties(Duration.ofSeconds(3), silence));
    engine.start();
    started.add(engine);
    return engine;
  }

  static void awaitSlots(TimerEngine engine, int slots) {
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.ownedSlots() == slots);
  }

  static Loop loop(TimerEngine engine, String name) {
    return engine.loops().stream().filter(loop -> loop.name().equals(name)).findFirst().get();
  }

  /** So that timers set without an announcement are in memory now, not within half a minute. */
  static void loadNow(TimerEngine engine) {
    loop(engine, "timers-load").wake();
  }

  @Override
  public void close() {
    started.forEach(TimerEngine::stop);
  }
}
