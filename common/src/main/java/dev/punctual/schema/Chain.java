package dev.punctual.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The migrations of this program, in order, and Flyway set up to apply them. */
final class Chain {

  /** The last version that has no undo: what an adopted database stands on. */
  static final MigrationVersion FOUNDATION = MigrationVersion.fromVersion("5");

  /** The last version that another tool may have brought a database to. */
  static final MigrationVersion UPGRADE = MigrationVersion.fromVersion("11");

  private static final String LOCATION = "classpath:db/migration";

  private Chain() {}

  static MigrationVersion head() {
    return versions().last();
  }

  static NavigableSet<MigrationVersion> versions() {
    return Stream.concat(
            resources(LOCATION + "/V*.sql").map(Chain::version),
            Arrays.stream(javaMigrations()).map(JavaMigration::getVersion))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * This version of the chain.
   *
   * @throws SchemaException if it is none
   */
  static MigrationVersion version(String text) {
    return versions().stream()
        .filter(version -> version.getVersion().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new SchemaException(
                    "There is no version %s: the chain goes from %s to %s."
                        .formatted(text, versions().first(), versions().last())));
  }

  static Optional<Undo> undo(MigrationVersion version) {
    return resources(LOCATION + "/U%s__*.sql".formatted(version))
        .findFirst()
        .map(
            script ->
                new Undo(
                    version,
                    text(script),
                    resources(LOCATION + "/" + script.getFilename() + ".conf")
                        .findFirst()
                        .isEmpty()));
  }

  /** What each migration makes of the catalog, by version. */
  static NavigableMap<MigrationVersion, String> catalogChanges() {
    return resources("classpath:db/catalog/V*.txt")
        .collect(Collectors.toMap(Chain::version, Chain::text, (a, b) -> a, TreeMap::new));
  }

  /** The version that made this. */
  static Optional<MigrationVersion> madeBy(CatalogObject object) {
    return catalogChanges().entrySet().stream()
        .filter(
            changes ->
                changes
                    .getValue()
                    .lines()
                    .filter(line -> line.startsWith("+ "))
                    .map(line -> CatalogObject.parse(line.substring(2)).key())
                    .anyMatch(object.key()::equals))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static Flyway flyway(DataSource dataSource, String target) {
    return configuration(dataSource).target(target).load();
  }

  /** Flyway that writes this version as the baseline. */
  static Flyway flywayAdopting(DataSource dataSource, MigrationVersion baseline) {
    return configuration(dataSource)
        .baselineVersion(baseline)
        .baselineDescription("adopted")
        .load();
  }

  private static FluentConfiguration configuration(DataSource dataSource) {
    return Flyway.configure(Chain.class.getClassLoader())
        .dataSource(dataSource)
        .locations(LOCATION)
        .javaMigrations(javaMigrations())
        .table(History.TABLE)
        // A role or database may have one; an index build takes longer.
        .initSql("SET statement_timeout = 0")
        .loggers(FlywayLog.class.getName())
        // A lock held by an open transaction would block every concurrent index build for good.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .lockRetryCount(600);
  }

  private static JavaMigration[] javaMigrations() {
    return new JavaMigration[] {new V24__arm_timers()};
  }

  private static MigrationVersion version(Resource script) {
    var name = String.valueOf(script.getFilename());
    return MigrationVersion.fromVersion(name.substring(1).split("__|\\.", 2)[0]);
  }

  private static Stream<Resource> resources(String pattern) {
    try {
      var resolver = new PathMatchingResourcePatternResolver(Chain.class.getClassLoader());
      return Arrays.stream(resolver.getResources(pattern)).filter(Resource::exists);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource resource) {
    try {
      return resource.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
