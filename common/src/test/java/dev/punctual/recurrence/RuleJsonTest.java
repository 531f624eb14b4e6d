package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.json;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'frequency':'daily'}
          {'frequency':'weekly','interval':2,'days':['mon','wed'],'end_date':'2027-01-31'}
          {'frequency':'monthly','day_of_month':31,'month_end':'skip','count':5}
          {'frequency':'monthly','day_of_month':'last'}
          {'frequency':'monthly','day_of_month':'last_working','times':['09:00','17:30']}
          {'frequency':'monthly','day_of_month':[-1,1,15]}
          {'frequency':'monthly','days':['fri'],'nth':-1}
          {'frequency':'yearly','days':['thu'],'nth':4,'months':[11],'time_zone':'America/New_York'}
          {'frequency':'daily','interval':3,'anchor':'completion','exdates':['2026-12-25'],'rdates':['2026-12-27T10:00']}
          {'rrule':'FREQ=MONTHLY;BYDAY=3FR'}
          {'rrule':'FREQ=DAILY;COUNT=3','time_zone':'UTC','anchor':'completion'}
          {'frequency':'daily','catch_up':'all'}
          {'cron':'0 9 * * *','anchor':'completion','catch_up':'all'}
          {'cron':'0 9 * * 1-5','count':7}
          {'cron':'0 0 9 ? * MON-FRI','dialect':'quartz','time_zone':'Europe/Berlin'}
          """)
  void canonical_json_comes_back_as_it_was(String text) {
    assertThat(rule(text).toJson()).isEqualTo(json(text));
    assertThat(RecurrenceRule.parse(rule(text).toJson())).isEqualTo(rule(text));
  }

  @Test
  void random_rules_of_every_form_come_back_equal() {
    for (int seed = 0; seed < 2_000; seed++) {
      RandomRules random = new RandomRules(seed);
      LocalDateTime start = random.start();
      String terms = String.join(", ", random.terms(List.of(), start, false).fields());
      for (String form :
          List.of(
              "'rrule': '" + random.rule().text() + "'",
              String.join(", ", random.structured().fields()),
              "'cron': '" + random.cron() + "'")) {
        RecurrenceRule rule = rule("{" + form + (terms.isEmpty() ? "" : ", " + terms) + "}");
        RecurrenceRule back = RecurrenceRule.parse(rule.toJson());

        assertThat(back).as(form + terms).isEqualTo(rule);
        assertThat(back.occurrences(start, Rules.BERLIN).first(5))
            .isEqualTo(rule.occurrences(start, Rules.BERLIN).first(5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'frequency':'often'} | frequency | is not one of daily, weekly, monthly, yearly
          {'interval':2} | frequency | is missing
          {'frequency':'daily','interval':0} | interval | is not a whole number from 1 to 10000
          {'frequency':'daily','interval':1.5} | interval | is not a whole number
          {'frequency':'daily','interval':'2'} | interval | is not a whole number
          {'frequency':'weekly','days':['mon','mno']} | days[1] | is not one of mon, tue
          {'frequency':'weekly','days':[]} | days | the list is empty
          {'frequency':'weekly','day':'mon'} | day | is not a field
          {'frequency':'daily','days':['mon']} | days | does not stand with daily
          {'frequency':'monthly','days':['fri']} | days | which of them in the month is not said
          {'frequency':'monthly','nth':2} | nth | needs the weekday
          {'frequency':'weekly','month_end':'clamp'} | month_end | stands only with monthly and yearly
          {'frequency':'monthly','day_of_month':32} | day_of_month | is not a whole number from -31 to 31
          {'frequency':'monthly','day_of_month':0} | day_of_month | there is no day 0
          {'frequency':'daily','times':['9']} | times[0] | is not understood
          {'frequency':'daily','end_date':'2027-02-30'} | end_date | is not understood
          {'frequency':'daily','end_date':'+20270-02-03'} | end_date | is not understood
          {'frequency':'daily','time_zone':'Europe/Nowhere'} | time_zone | is not understood
          {'frequency':'daily','time_zone':'+02:00'} | time_zone | is not understood
          {'frequency':'daily','count':0} | count | is not a whole number from 1
          {'rrule':'FREQ=DAILY','exdates':['tomorrow']} | exdates[0] | is not understood
          {'rrule':7} | rrule | is not a text
          {'rrule':null} | rrule | FREQ is missing
          {'rrule':'FREQ=DAILY;COUNT=0'} | rrule | COUNT=0 is not a number from 1
          {'rrule':'FREQ=DAILY;COUNT=3','count':3} | count | has a COUNT or an UNTIL already
          {'rrule':'FREQ=DAILY;COUNT=3;UNTIL=20270101'} | rrule | exclude each other
          {'rrule':'FREQ=SECONDLY'} | rrule | FREQ=SECONDLY is not supported
          {'rrule':'FREQ=DAILY;BYEASTER=1'} | rrule | unknown part BYEASTER
          {'rrule':'FREQ=DAILY;FREQ=WEEKLY'} | rrule | FREQ comes twice
          {'rrule':'FREQ=WEEKLY;BYDAY=2MO'} | rrule | a numbered BYDAY needs
          {'rrule':'FREQ=WEEKLY;BYMONTHDAY=1'} | rrule | BYMONTHDAY does not stand
          {'rrule':'FREQ=MONTHLY;BYWEEKNO=1'} | rrule | BYWEEKNO stands only
          {'rrule':'FREQ=DAILY;BYSETPOS=1'} | rrule | BYSETPOS needs another
          {'rrule':'FREQ=DAILY;INTERVAL=99999'} | rrule | INTERVAL=99999 is not
          {'rrule':'FREQ=DAILY;UNTIL=20270230'} | rrule | UNTIL=20270230 is not a date
          {'rrule':'FREQ=DAILY;BYSECOND=0,30'} | rrule | BYSECOND takes one number
          {'rrule':'DAILY'} | rrule | DAILY is not NAME=VALUE
          {'cron':'0 9 * * 1-5','dialect':'vixie'} | dialect | is not one of unix, quartz
          """)
  void a_refusal_names_its_field(String text, String field, String message) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule(text))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .anySatisfy(
                        problem -> {
                          assertThat(problem.field()).isEqualTo(field);
                          assertThat(problem.message()).contains(message);
                          assertThat(problem.remedy()).isNotBlank();
                        }));
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule("{'frequency':'weekly','interval':-1,'days':['x'],'colour':1}"))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(InvalidRule.Problem::field)
                    .containsExactly("interval", "days[0]", "colour"));
  }

  @Test
  void what_is_no_object_is_refused() {
    for (String text : List.of("[]", "'daily'", "null", "7")) {
      assertThatExceptionOfType(InvalidRule.class).isThrownBy(() -> rule(text));
    }
  }
}
