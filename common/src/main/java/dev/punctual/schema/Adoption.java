package dev.punctual.schema;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes over a database that another tool brought to V5 or V11: checks that it looks like it and
 * that its rows keep what later versions will demand, then writes the baseline into Flyway's
 * history. Touches nothing else; tables of others (alembic_version) stay as they are.
 */
final class Adoption {

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  Adoption(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** The version that the database looks like: V11 if it has that one's table, else V5. */
  MigrationVersion looksLike() {
    return Catalog.read(jdbc).hasTable("recurring_tasks") ? Chain.UPGRADE : Chain.FOUNDATION;
  }

  Findings examine(MigrationVersion version) {
    if (new History(dataSource).exists()) {
      throw new SchemaException(
          "This database already has a migration history: it is adopted. Run \"schema migrate\".");
    }
    if (!List.of(Chain.FOUNDATION, Chain.UPGRADE).contains(version)) {
      throw new SchemaException(
          "Only a database at version 5 or 11 can be adopted, not " + version + ".");
    }
    var expected = byMeaning(Catalog.expected(version));
    var live = byMeaning(Catalog.read(jdbc));
    var differences = new CatalogComparison(expected, live).differences();
    var blocking = differences.stream().filter(d -> blocks(d, expected, live));
    var tolerable = differences.stream().filter(d -> !blocks(d, expected, live)).toList();
    var complete = differences.stream().noneMatch(d -> blocks(d, expected, live));
    var rows = complete ? AdoptedRows.differences(jdbc, version) : Stream.<Difference>empty();
    return new Findings(
        version,
        Stream.of(blocking, collisions(version, live), rows).flatMap(s -> s).toList(),
        tolerable);
  }

  /** The recurring tasks that stand still after the adoption until somebody resumes them. */
  List<String> pastDue(MigrationVersion version) {
    return version.equals(Chain.UPGRADE) ? AdoptedRows.pastDue(jdbc) : List.of();
  }

  void baseline(MigrationVersion version) {
    Chain.flywayAdopting(dataSource, version).baseline();
  }

  /**
   * Constraints by what they say instead of by name, since every tool names them in its own way.
   * How a key to users or conversations cascades is no matter either: V12 makes those again.
   */
  private static Catalog byMeaning(Catalog catalog) {
    return Catalog.of(
        catalog.objects().values().stream()
            .filter(o -> !o.kind().equals("constraint") || !o.definition().startsWith("CHECK"))
            .map(
                o ->
                    o.kind().equals("constraint")
                        ? new CatalogObject(
                            o.kind(),
                            o.table(),
                            o.definition().replaceFirst(" ON DELETE .*", "").replace(" ", "_"),
                            "",
                            o.marks())
                        : o)
            .toList());
  }

  /** What is there already, but would only be made by a later version. */
  private static Stream<Difference> collisions(MigrationVersion version, Catalog live) {
    var now = Catalog.expected(version).objects();
    return Catalog.expected(Chain.head()).objects().values().stream()
        .filter(later -> !later.kind().equals("constraint") && !now.containsKey(later.key()))
        .filter(later -> live.objects().containsKey(later.key()))
        .filter(later -> later.kind().equals("table") || now.containsKey("table " + later.table()))
        .map(
            later ->
                new Difference(
                    later.key(),
                    "is there already, although a later version makes it",
                    "If another tool is on its way from 5 to 11, let it finish; else rename this."));
  }

  /** Without a table, a column or a key, or with a column of another type, the way up fails. */
  private static boolean blocks(Difference difference, Catalog expected, Catalog live) {
    var object = expected.objects().get(difference.what());
    if (object == null) {
      return false;
    }
    var found = live.objects().get(object.key());
    return switch (object.kind()) {
      case "table" -> found == null;
      case "column" -> found == null || !sameFamily(object.definition(), found.definition());
      case "constraint" -> found == null && object.name().startsWith("PRIMARY");
      default -> false;
    };
  }

  private static boolean sameFamily(String expected, String found) {
    return family(expected).equals(family(found));
  }

  private static String family(String definition) {
    return definition
        .replaceFirst(" (NOT NULL|DEFAULT|COLLATE).*", "")
        .replaceFirst("^(character varying|character)(\\(\\d+\\))?$", "text");
  }

  /**
   * @param blocking what must be mended before the adoption
   * @param tolerable what differs, but does not stand in the way
   */
  record Findings(
      MigrationVersion version, List<Difference> blocking, List<Difference> tolerable) {}
}
