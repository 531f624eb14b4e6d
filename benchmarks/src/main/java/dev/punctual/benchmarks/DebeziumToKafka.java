package dev.punctual.benchmarks;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/**
 * Sends the rows that Debezium read on to Kafka, as fast as it goes: rows are taken as they are,
 * without a conversion to JSON or a router; a batch is sent at once and confirmed as a whole;
 * without Kafka transactions, so after a crash records may be on the log twice.
 */
final class DebeziumToKafka
    implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> {

  private final KafkaProducer<String, String> producer;
  private final String topic;

  DebeziumToKafka(String bootstrapServers, String topic) {
    this.topic = topic;
    producer =
        new KafkaProducer<>(
            new HashMap<>(Records.producer(bootstrapServers, 0)),
            new StringSerializer(),
            new StringSerializer());
  }

  static Properties settings(int postgresPort, String database) {
    var settings = new Properties();
    settings.setProperty("name", "bench");
    settings.setProperty("topic.prefix", "bench");
    settings.setProperty("connector.class", PostgresConnector.class.getName());
    settings.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
    settings.setProperty("offset.flush.interval.ms", "60000");
    settings.setProperty("database.hostname", "127.0.0.1");
    settings.setProperty("database.port", String.valueOf(postgresPort));
    settings.setProperty("database.user", "postgres");
    settings.setProperty("database.password", "postgres");
    settings.setProperty("database.dbname", database);
    settings.setProperty("plugin.name", "pgoutput");
    settings.setProperty("slot.name", "bench");
    settings.setProperty("slot.drop.on.stop", "true");
    settings.setProperty("publication.name", "bench");
    settings.setProperty("publication.autocreate.mode", "disabled");
    settings.setProperty("table.include.list", "public.events");
    settings.setProperty("snapshot.mode", "no_data");
    settings.setProperty("tombstones.on.delete", "false");
    settings.setProperty("poll.interval.ms", "1");
    settings.setProperty("max.batch.size", "8192");
    settings.setProperty("max.queue.size", "32768");
    return settings;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<SourceRecord, SourceRecord>> changes,
      DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
      throws InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var change : changes) {
      var envelope = (Struct) change.value().value();
      if (envelope.schema().field("after") != null) {
        sent.add(producer.send(record(envelope.getStruct("after"))));
      }
    }
    for (var each : sent) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Kafka refuses a record", e);
      }
    }
    for (var change : changes) {
      committer.markProcessed(change);
    }
    committer.markBatchFinished();
  }

  private ProducerRecord<String, String> record(Struct row) {
    return Records.of(topic, row.getString("key"), "task.created", row.getString("payload"));
  }

  void close() {
    producer.close();
  }
}
