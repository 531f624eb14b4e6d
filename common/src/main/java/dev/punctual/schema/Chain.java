package dev.punctual.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The migrations of this program, in order, and Flyway set up to apply them. */
final class Chain {

  static final String HISTORY_TABLE = "flyway_schema_history";

  private static final String LOCATION = "classpath:db/migration";

  private Chain() {}

  static MigrationVersion head() {
    return versions().last();
  }

  static NavigableSet<MigrationVersion> versions() {
    return Stream.concat(
            scripts("V*.sql").map(Resource::getFilename).map(Chain::version),
            Arrays.stream(javaMigrations()).map(JavaMigration::getVersion))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Flyway flyway(DataSource dataSource, String target) {
    return Flyway.configure(Chain.class.getClassLoader())
        .dataSource(dataSource)
        .locations(LOCATION)
        .javaMigrations(javaMigrations())
        .table(HISTORY_TABLE)
        .target(target)
        // A lock held by an open transaction would block every concurrent index build for good.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .lockRetryCount(600)
        .load();
  }

  private static JavaMigration[] javaMigrations() {
    return new JavaMigration[0];
  }

  private static MigrationVersion version(String filename) {
    return MigrationVersion.fromVersion(filename.substring(1, filename.indexOf("__")));
  }

  private static Stream<Resource> scripts(String pattern) {
    try {
      var resolver = new PathMatchingResourcePatternResolver(Chain.class.getClassLoader());
      return Arrays.stream(resolver.getResources(LOCATION + "/" + pattern));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
