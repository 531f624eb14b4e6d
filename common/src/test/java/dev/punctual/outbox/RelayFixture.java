package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.event.UserEvent;
import dev.punctual.testing.Database;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An outbox with any number of relays, on a database and topics of its own. */
final class RelayFixture implements AutoCloseable {

  final Database database = Stack.newDatabase();
  final TopicProperties topicNames =
      new TopicProperties(
          Stack.newTopicPrefix(), 4, (short) 1, Duration.ofDays(1), Duration.ofHours(1));
  private final String bootstrapServers;
  final Map<String, Object> kafka;
  final Topics topics;
  final LocalWakeup wakeup = new LocalWakeup();
  final Outbox outbox = new Outbox(database.jdbc(), InstantSource.system(), wakeup);

  private final List<Relay> relays = new ArrayList<>();

  RelayFixture() {
    this(Stack.kafkaBootstrap());
  }

  /** With another Kafka than that which the tests share. */
  RelayFixture(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    kafka = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
    topics = new Topics(kafka, topicNames);
    topics.ensure();
  }

  /** Appends a small event about each of these keys, in a transaction of their own. */
  void append(String... keys) {
    database.transactions().executeWithoutResult(tx -> appendInTransaction(keys));
  }

  void appendInTransaction(String... keys) {
    outbox.append(List.of(keys).stream().map(UserEvent::new).toList());
  }

  /** A relay's pass in this thread: whoever opens one fences those opened before. */
  RelayPass pass(RelayObserver observer) {
    return pass(observer, Runnable::run);
  }

  /** Whose rows are deleted by this executor. */
  RelayPass pass(RelayObserver observer, Executor deleter) {
    return pass(observer, new Deletions(new WaitingEvents(database.jdbc()), deleter));
  }

  /** Whose batches are committed by this executor. */
  RelayPass committedBy(Executor committer) {
    return pass(
        (step, appended) -> {},
        new Commits(committer),
        new Deletions(new WaitingEvents(database.jdbc()), Runnable::run));
  }

  RelayPass pass(RelayObserver observer, Deletions deletions) {
    return pass(observer, new Commits(Runnable::run), deletions);
  }

  private RelayPass pass(RelayObserver observer, Commits commits, Deletions deletions) {
    return new RelayPass(
        new WaitingEvents(database.jdbc()), commits, deletions, publishers(), observer, 100);
  }

  RelayPass pass() {
    return pass((step, appended) -> {});
  }

  /** A relay as a process has it, with wake-ups of its own; it is stopped at the end. */
  Relay start(LocalWakeup wakeup) {
    return start(wakeup, new RelayState());
  }

  Relay start(LocalWakeup wakeup, RelayState state) {
    var relay =
        new Relay(
            unpooled(),
            publishers(),
            wakeup,
            (step, appended) -> {},
            state,
            new OutboxProperties(100, Duration.ofSeconds(30)));
    relay.start();
    relays.add(relay);
    return relay;
  }

  DriverManagerDataSource unpooled() {
    return new DriverManagerDataSource(database.url(), database.user(), database.password());
  }

  private PublisherFactory publishers() {
    return new PublisherFactory(kafka, kafka, topicNames, topics);
  }

  Records records() {
    return Records.at(bootstrapServers, topicNames.name("task-events"));
  }

  long waiting() {
    return database.jdbc().sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  @Override
  public void close() {
    relays.forEach(Relay::stop);
    database.close();
  }
}
