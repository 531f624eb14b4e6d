package dev.punctual.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code schema adopt}. */
final class AdoptCommand implements Subcommand {

  private static final int MOST_TOLD = 100;

  @Override
  public Set<String> options() {
    return Set.of("at", "accept-differences");
  }

  @Override
  public int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal) {
    var adoption = new Adoption(dataSource);
    var version = arguments.value("at").map(Chain::version).orElseGet(adoption::looksLike);
    var findings = adoption.examine(version);
    var tolerated = findings.tolerable().isEmpty() || arguments.has("accept-differences");
    var refused = !findings.blocking().isEmpty() || !tolerated;
    List<String> pastDue = refused ? List.of() : adoption.pastDue(version);
    if (!refused) {
      adoption.baseline(findings);
    }
    if (arguments.has("json")) {
      terminal.json(
          Map.of(
              "version",
              version.getVersion(),
              "adopted",
              !refused,
              "past_due",
              pastDue,
              "renamed",
              refused ? List.of() : findings.renames(),
              "blocking",
              findings.blocking(),
              "differences",
              findings.tolerable()));
    } else {
      printPastDue(pastDue, terminal);
      print(findings, refused, terminal);
    }
    return refused ? 1 : 0;
  }

  private static void printPastDue(List<String> pastDue, Terminal terminal) {
    if (!pastDue.isEmpty()) {
      terminal.say(
          "Active recurring tasks that were due before now: %,d. They stand still, so that nothing old fires, until each is paused and resumed (POST /api/recurring-tasks/{id}/pause, …/resume):"
              .formatted(pastDue.size()));
      pastDue.stream().limit(MOST_TOLD).forEach(template -> terminal.say("  " + template));
      if (pastDue.size() > MOST_TOLD) {
        terminal.say("  … all of them with --json");
      }
    }
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
      findings.renames().forEach(rename -> terminal.say("Renamed constraint " + rename + "."));
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
