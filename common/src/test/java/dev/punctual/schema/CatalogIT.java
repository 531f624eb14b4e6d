package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The chain goes up, down and up again, one version at a time, always through the same catalogs.
 */
class CatalogIT {

  private final DataSource database = ScratchServer.emptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database);

  /**
   * With {@code -Dcatalog.record=src/main/resources/db/catalog} first writes what each migration
   * makes: for whoever adds one.
   */
  @Test
  void up_and_down_and_up_again_each_version_makes_what_its_catalog_file_says() throws IOException {
    var before = Catalog.read(jdbc);
    for (var version : Chain.versions()) {
      SchemaMigration.migrate(database, version.getVersion());
      var after = Catalog.read(jdbc);
      var changes = after.changesFrom(before);
      record(version, changes);
      assertThat(changes).as("up to %s", version).isEqualTo(Chain.catalogChanges().get(version));
      assertThat(after).isEqualTo(Catalog.expected(version));
      before = after;
    }
    var upgrade = Chain.versions().tailSet(Chain.FOUNDATION, false);
    var rollback = new Rollback(database);
    for (var version : upgrade.descendingSet()) {
      var below = Chain.versions().lower(version);
      rollback.plan(below).forEach(rollback::run);
      assertThat(Catalog.read(jdbc)).as("down to %s", below).isEqualTo(Catalog.expected(below));
      assertThat(new History(database).current()).contains(below);
    }
    for (var version : upgrade) {
      SchemaMigration.migrate(database, version.getVersion());
      assertThat(Catalog.read(jdbc)).as("up to %s", version).isEqualTo(Catalog.expected(version));
    }
  }

  private static void record(MigrationVersion version, String changes) throws IOException {
    var directory = System.getProperty("catalog.record");
    if (directory != null) {
      Files.writeString(Path.of(directory, "V" + version + ".txt"), changes);
    }
  }
}
