package dev.punctual.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Holds records as they are on Kafka against docs/asyncapi.yaml and the JSON Schemas. Stricter than
 * a consumer has to be: what the schemas do not describe may not be there.
 *
 * <p>A module that uses it needs {@code com.networknt:json-schema-validator} among its test
 * dependencies.
 */
public final class EventContract {

  private static final String SCHEMAS = "event-schemas/v1/";
  private static final String BASE = "https://contract.test/";
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode document = new YAMLMapper().readTree(asyncApi().toFile());
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                  .schemas(EventContract::resource));

  /** What is wrong with a record on a topic, given without an installation's prefix. */
  public List<String> violations(String topic, ConsumerRecord<String, String> record) {
    return violations(topic, record.key(), headers(record), record.value());
  }

  private static Map<String, String> headers(ConsumerRecord<String, String> record) {
    var headers = new TreeMap<String, String>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  /** What is wrong with a record of this key, headers and value. */
  public List<String> violations(
      String topic, String key, Map<String, String> headers, String value) {
    var type = headers.getOrDefault("ce_type", "none");
    var message = message(topic, type);
    if (message.isMissingNode()) {
      return List.of("docs/asyncapi.yaml has no message %s on %s".formatted(type, topic));
    }
    var violations = new ArrayList<String>();
    check(violations, "headers", headersOf(message), JSON.valueToTree(headers));
    check(violations, "value", payloadOf(type), JSON.readTree(value));
    if (!key.equals(headers.get("ce_subject"))) {
      violations.add("the key is not the subject");
    }
    return violations;
  }

  /** What is wrong with the headers of a record that was put aside. */
  public List<String> deadLetterViolations(ConsumerRecord<String, String> record) {
    var violations = new ArrayList<String>();
    var schema = document.at("/components/schemas/deadLetter").toString();
    check(violations, "headers", registry.getSchema(schema), JSON.valueToTree(headers(record)));
    return violations;
  }

  /** Each message of a topic in docs/asyncapi.yaml, by its type. */
  public Map<String, JsonNode> messages(String topic) {
    var messages = new TreeMap<String, JsonNode>();
    document.path("channels").values().stream()
        .filter(channel -> channel.path("address").asString().equals(topic))
        .flatMap(channel -> channel.path("messages").values().stream())
        .map(reference -> document.at(reference.path("$ref").asString().substring(1)))
        .forEach(message -> messages.put(message.path("name").asString(), message));
    return messages;
  }

  /** The addresses of all channels. */
  public List<String> topics() {
    return document.path("channels").values().stream()
        .map(channel -> channel.path("address").asString())
        .toList();
  }

  /** A message of a topic in docs/asyncapi.yaml; a missing node if there is none. */
  public JsonNode message(String topic, String type) {
    return messages(topic).getOrDefault(type, JSON.missingNode());
  }

  private Schema payloadOf(String type) {
    return registry.getSchema(SchemaLocation.of(BASE + type + ".json"));
  }

  /** The schema of the headers stands in the document, whose other schemas it refers to. */
  private Schema headersOf(JsonNode message) {
    var schema = (ObjectNode) message.path("headers").deepCopy();
    schema.set("$defs", document.path("components").path("schemas"));
    schema.put("unevaluatedProperties", false);
    return registry.getSchema(schema.toString().replace("#/components/schemas/", "#/$defs/"));
  }

  private static void check(List<String> violations, String part, Schema schema, JsonNode node) {
    schema
        .validate(node.toString(), InputFormat.JSON)
        .forEach(error -> violations.add(part + error));
  }

  private static @Nullable String resource(String location) {
    if (!location.startsWith(BASE)) {
      return null;
    }
    var path = SCHEMAS + location.substring(BASE.length());
    try (var stream = EventContract.class.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        return null;
      }
      var schema = JSON.readTree(stream);
      closeObjects(schema);
      return schema.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeObjects(JsonNode schema) {
    Predicate<JsonNode> isObject = node -> node.path("type").asString("").equals("object");
    schema.values().forEach(EventContract::closeObjects);
    // Refinements of a schema that is referred to have no type; a rule's further fields are open.
    if (schema instanceof ObjectNode object && isObject.test(object) && object.has("properties")) {
      object.put("unevaluatedProperties", false);
    }
  }

  private static Path asyncApi() {
    var inModule = Path.of("..", "docs", "asyncapi.yaml");
    return Files.exists(inModule) ? inModule : Path.of("docs", "asyncapi.yaml");
  }
}
