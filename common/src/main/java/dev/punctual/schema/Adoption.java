package dev.punctual.schema;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over a database that another tool brought to V5 or V11: checks that it looks like it and
 * that its rows keep what later versions will demand, then gives its constraints the names of the
 * chain and writes the baseline into Flyway's history. Touches nothing else; tables of others
 * (alembic_version) stay as they are.
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
    var expected = Catalog.expected(version);
    var constraints = AdoptedConstraints.match(expected, Catalog.read(jdbc));
    var live = constraints.catalog();
    var differences =
        new CatalogComparison(expected, live)
            .differences().stream().map(Adoption::withoutUndo).toList();
    var blocking = differences.stream().filter(d -> blocks(d, expected, live));
    var tolerable = differences.stream().filter(d -> !blocks(d, expected, live)).toList();
    var complete = differences.stream().noneMatch(d -> blocks(d, expected, live));
    var rows = complete ? AdoptedRows.differences(jdbc, version) : Stream.<Difference>empty();
    return new Findings(
        version,
        Stream.of(blocking, collisions(version, live), rows).flatMap(s -> s).toList(),
        tolerable,
        constraints.renames());
  }

  /** The recurring tasks that stand still after the adoption until somebody resumes them. */
  List<String> pastDue(MigrationVersion version) {
    return version.equals(Chain.UPGRADE) ? AdoptedRows.pastDue(jdbc) : List.of();
  }

  /** Takes the database over as it was found. */
  void baseline(Findings findings) {
    SchemaLock.holding(
        dataSource,
        () -> {
          LockPatience.run("The adoption", () -> rename(findings.renames()));
          return Chain.flywayAdopting(dataSource, findings.version()).baseline();
        });
  }

  private boolean rename(List<AdoptedConstraints.Rename> renames) {
    new TransactionTemplate(new JdbcTransactionManager(dataSource))
        .executeWithoutResult(
            status -> {
              jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
              renames.forEach(rename -> jdbc.sql(rename.sql()).update());
            });
    return true;
  }

  /** A missing table is not to be made by a rollback here. */
  private static Difference withoutUndo(Difference difference) {
    return difference.what().startsWith("table ") && difference.problem().equals("is missing")
        ? new Difference(
            difference.what(),
            difference.problem(),
            "If the database stands at the other version, say so with --at; if it is empty, run \"schema migrate\".")
        : difference;
  }

  /** What is there already, but would only be made by a later version. */
  private static Stream<Difference> collisions(MigrationVersion version, Catalog live) {
    var now = Catalog.expected(version).objects();
    return Catalog.expected(Chain.head()).objects().values().stream()
        .filter(later -> !later.kind().equals("constraint") && !now.containsKey(later.key()))
        .filter(later -> live.objects().containsKey(later.key()))
        .filter(
            later ->
                later.kind().equals("table")
                    || later.table().isEmpty()
                    || now.containsKey("table " + later.table()))
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
      case "column" -> found == null || !sameFamily(object, found);
      case "constraint" ->
          object.definition().startsWith("PRIMARY KEY")
              && (found == null
                  || !AdoptedConstraints.columns(found).equals(AdoptedConstraints.columns(object)));
      default -> false;
    };
  }

  private static boolean sameFamily(CatalogObject expected, CatalogObject found) {
    return family(expected).equals(family(found));
  }

  /** Types whose values the later migrations and the services read alike. */
  private static String family(CatalogObject column) {
    return column
        .type()
        .replaceFirst(" COLLATE .*", "")
        .replaceFirst("\\(\\d+\\)", "")
        .replaceFirst("^(character varying|character)$", "text")
        .replaceFirst("^jsonb$", column.name().equals("tool_calls") ? "json" : "jsonb");
  }

  /**
   * @param blocking what must be mended before the adoption
   * @param tolerable what differs, but does not stand in the way
   * @param renames constraints that say the same under another name
   */
  record Findings(
      MigrationVersion version,
      List<Difference> blocking,
      List<Difference> tolerable,
      List<AdoptedConstraints.Rename> renames) {}
}
