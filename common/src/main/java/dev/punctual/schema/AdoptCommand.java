package dev.punctual.schema;

import java.util.Map;
import javax.sql.DataSource;

/** {@code schema adopt}. */
final class AdoptCommand implements Subcommand {

  @Override
  public int run(DataSource dataSource, Arguments arguments, Terminal terminal) {
    var adoption = new Adoption(dataSource);
    var version = arguments.value("at").map(Chain::version).orElseGet(adoption::looksLike);
    var findings = adoption.examine(version);
    var tolerated = findings.tolerable().isEmpty() || arguments.has("accept-differences");
    var refused = !findings.blocking().isEmpty() || !tolerated;
    if (!refused) {
      adoption.baseline(version);
    }
    if (arguments.has("json")) {
      terminal.json(
          Map.of(
              "version", version.getVersion(),
              "adopted", !refused,
              "blocking", findings.blocking(),
              "differences", findings.tolerable()));
    } else {
      print(findings, refused, terminal);
    }
    return refused ? 1 : 0;
  }

  private static void print(Adoption.Findings findings, boolean refused, Terminal terminal) {
    if (!findings.blocking().isEmpty()) {
      terminal.say("This stands in the way of version %s:".formatted(findings.version()));
      DifferenceTable.print(findings.blocking(), terminal);
    }
    if (!findings.tolerable().isEmpty()) {
      terminal.say("This differs from version %s:".formatted(findings.version()));
      DifferenceTable.print(findings.tolerable(), terminal);
    }
    if (!refused) {
      terminal.say(
          "Adopted at version %s. Now run \"schema migrate\".".formatted(findings.version()));
    } else if (findings.blocking().isEmpty()) {
      terminal.say(
          "Not adopted. Mend the differences, or take the database as it is with --accept-differences.");
    } else {
      terminal.say("Not adopted.");
    }
  }
}
