package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.json;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          every day | {'frequency':'daily'}
          Daily at 9 | {'frequency':'daily','times':['09:00']}
          every day at noon and 5:30pm. | {'frequency':'daily','times':['12:00','17:30']}
          every 3 days | {'frequency':'daily','interval':3}
          every three days | {'frequency':'daily','interval':3}
          every other monday at 9 | {'frequency':'weekly','interval':2,'days':['mon'],'times':['09:00']}
          every monday, wednesday and friday | {'frequency':'weekly','days':['mon','wed','fri']}
          mondays at 12am | {'frequency':'weekly','days':['mon'],'times':['00:00']}
          every weekday | {'frequency':'weekly','days':['mon','tue','wed','thu','fri']}
          weekends at 10.15 | {'frequency':'weekly','days':['sat','sun'],'times':['10:15']}
          every two weeks on tuesday and thursday until march 31 2027 | {'frequency':'weekly','interval':2,'days':['tue','thu'],'end_date':'2027-03-31'}
          fortnightly on fri | {'frequency':'weekly','interval':2,'days':['fri']}
          every month on the 31st | {'frequency':'monthly','day_of_month':31}
          the 1st and 15th of every month | {'frequency':'monthly','day_of_month':[1,15]}
          every 2 months on the last friday | {'frequency':'monthly','interval':2,'days':['fri'],'nth':-1}
          every third friday | {'frequency':'monthly','days':['fri'],'nth':3}
          the second tuesday of the month at 18:00 | {'frequency':'monthly','days':['tue'],'nth':2,'times':['18:00']}
          last working day of the month | {'frequency':'monthly','day_of_month':'last_working'}
          the last day of each month | {'frequency':'monthly','day_of_month':'last'}
          quarterly on the first | {'frequency':'monthly','interval':3,'day_of_month':1}
          every year on the 5th of march | {'frequency':'yearly','months':[3],'day_of_month':5}
          every december 25 | {'frequency':'yearly','months':[12],'day_of_month':25}
          every 15 minutes | {'cron':'*/15 * * * *'}
          every 2 hours | {'rrule':'FREQ=HOURLY;INTERVAL=2'}
          every day 10 times | {'frequency':'daily','count':10}
          every week for five times at 8 | {'frequency':'weekly','times':['08:00'],'count':5}
          every 15th | {'frequency':'monthly','day_of_month':15}
          every 1st and the 2nd at 9 | {'frequency':'monthly','day_of_month':[1,2],'times':['09:00']}
          every last working day | {'frequency':'monthly','day_of_month':'last_working'}
          the second of every month | {'frequency':'monthly','day_of_month':2}
          three days after I finish it | {'frequency':'daily','interval':3,'anchor':'completion'}
          every 2 weeks after completion | {'frequency':'weekly','interval':2,'anchor':'completion'}
          """)
  void a_phrase_becomes_a_rule_of_another_form(String phrase, String meant) {
    assertThat(rule("{'text': '" + phrase + "'}").toJson()).isEqualTo(json(meant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "``",
        "now and then",
        "every",
        "every blue monday",
        "every second friday", // every other one, or the second of the month?
        "every 2nd friday",
        "every second",
        "every two",
        "every 15",
        "every first",
        "every 5 and 6",
        "every day 5",
        "every 7 minutes",
        "every monday at 25",
        "every monday at 13pm",
        "every day until 2027-02-30",
        "every month on the 32nd",
        "every february 30",
        "every day at",
        "at 9",
        "every 0 days",
        "every 15 minutes at 9",
        "15 minutes after I finish it",
        "3 days",
        "every monday and",
      },
      quoteCharacter = '`')
  void what_is_not_understood_is_refused_with_what_is(String phrase) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': '" + (phrase == null ? "" : phrase) + "'}"))
        .satisfies(
            e -> {
              assertThat(e.problems().get(0).field()).isEqualTo("text");
              assertThat(e.problems().get(0).message()).contains("is not understood");
              assertThat(e.problems().get(0).remedy()).contains("every other monday at 9am");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "March 2027, 2026-11-02, 2027-03-31",
    "the end of March 2027, 2026-11-02, 2027-03-31",
    "31 March 2027, 2026-11-02, 2027-03-31",
    "'march 31, 2027', 2026-11-02, 2027-03-31",
    "March, 2026-11-02, 2027-03-31",
    "March, 2027-03-31, 2027-03-31",
    "March, 2027-04-01, 2028-03-31",
    "the end of march, 2026-11-02, 2027-03-31",
    "february, 2027-03-01, 2028-02-29",
    "5 march, 2027-03-05, 2027-03-05",
    "the 5th of march, 2027-03-06, 2028-03-05",
    "february 29, 2026-11-02, 2028-02-29",
  })
  void an_end_is_the_end_of_its_month_and_without_a_year_the_one_that_comes(
      String end, String start, String date) {
    String phrase = "every two weeks on Tuesday and Thursday until " + end;

    assertThat(Rules.rule("{'text': '" + phrase + "'}", start).toJson())
        .isEqualTo(
            json(
                "{'frequency':'weekly','interval':2,'days':['tue','thu'],'end_date':'%s'}"
                    .formatted(date)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"March", "31 March"})
  void without_a_start_to_count_from_an_end_needs_a_year(String end) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': 'every day until " + end + "'}"))
        .satisfies(
            e -> {
              assertThat(e.problems().get(0).field()).isEqualTo("text");
              assertThat(e.problems().get(0).message()).contains("does not say the year");
              assertThat(e.problems().get(0).remedy()).contains("until march 2027");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "every 20000 days, from 1 to 10000",
    "every 20000 hours, from 1 to 10000",
    "every day 20000 times, from 1 to 10000",
  })
  void what_is_wrong_with_a_number_in_a_phrase_is_told_of_the_text(String phrase, String message) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': '" + phrase + "'}"))
        .satisfies(
            e -> {
              assertThat(e.problems().get(0).field()).isEqualTo("text");
              assertThat(e.getMessage()).contains(message);
            });
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': 'every day', 'exdates': ['x']}"))
        .satisfies(e -> assertThat(e.problems().get(0).field()).isEqualTo("exdates[0]"));
  }

  @Test
  void every_phrase_that_a_refusal_shows_is_understood() {
    for (String phrase : Phrases.UNDERSTOOD) {
      assertThat(rule("{'text': '" + phrase + "'}").describe()).isNotBlank();
    }
  }

  @Test
  void fields_beside_the_text_are_kept_unless_the_text_says_them() {
    assertThat(
            rule("{'text': 'every day at 9', 'time_zone': 'Europe/Berlin', 'count': 3}").toJson())
        .isEqualTo(
            json("{'frequency':'daily','times':['09:00'],'time_zone':'Europe/Berlin','count':3}"));
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': 'every day at 9', 'times': ['10:00']}"))
        .withMessageContaining("times: the text says it already");
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'text': 'every day', 'text_zone': 'x'}"))
        .withMessageContaining("text_zone");
  }
}
