package dev.punctual.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  private final Figures figures = new Figures();

  @Test
  void the_median_is_not_moved_by_one_bad_round() {
    for (double value : new double[] {2, 900, 3}) {
      figures.add("ours", "p50", value);
    }
    assertThat(figures.median("ours", "p50")).isEqualTo(3);
  }

  @Test
  void a_ratio_compares_what_was_measured_in_the_same_round() {
    // The machine was ten times slower in the second round, for both.
    figures.add("ours", "p50", 2);
    figures.add("floor", "p50", 1);
    figures.add("ours", "p50", 20);
    figures.add("floor", "p50", 10);
    figures.add("ours", "p50", 2);
    figures.add("floor", "p50", 2);
    assertThat(figures.ratio("ours", "floor", "p50")).isEqualTo(2);
  }

  @Test
  void of_two_rounds_neither_is_the_median() {
    figures.add("ours", "p50", 2);
    figures.add("ours", "p50", 4);
    assertThat(figures.median("ours", "p50")).isEqualTo(3);
  }

  @Test
  void what_was_not_measured_has_no_figure() {
    assertThat(figures.ratio("ours", "floor", "p50")).isNaN();
  }
}
