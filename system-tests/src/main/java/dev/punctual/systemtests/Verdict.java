package dev.punctual.systemtests;

import java.util.ArrayList;
import java.util.List;

/** What a checker saw, and everything it found wrong. */
record Verdict(String checker, String saw, List<String> wrong) {

  private static final int SHOWN = 10;

  boolean isGood() {
    return wrong.isEmpty();
  }

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add((isGood() ? "OK    " : "WRONG ") + checker + ": " + saw);
    wrong.stream().limit(SHOWN).forEach(what -> lines.add("        " + what));
    if (wrong.size() > SHOWN) {
      lines.add("        … and " + (wrong.size() - SHOWN) + " more");
    }
    return String.join("\n", lines);
  }
}
