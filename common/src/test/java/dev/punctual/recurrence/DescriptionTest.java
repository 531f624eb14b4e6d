package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'frequency':'daily'} | every day
          {'frequency':'daily','interval':3,'times':['09:00','17:30']} | every 3 days at 09:00 and 17:30
          {'frequency':'weekly','interval':2,'days':['mon','wed']} | every 2 weeks on Monday and Wednesday
          {'frequency':'weekly','days':['mon','tue','wed','thu','fri']} | every weekday
          {'frequency':'weekly','days':['mon'],'count':10} | every week on Monday, 10 times
          {'frequency':'weekly','days':['mon'],'end_date':'2027-01-31'} | every week on Monday until 2027-01-31
          {'frequency':'monthly','day_of_month':31} | every month on the 31st, or the last day of a shorter month
          {'frequency':'monthly','day_of_month':31,'month_end':'skip'} | every month on the 31st, skipping months without it
          {'frequency':'monthly','day_of_month':[1,15]} | every month on the 1st and 15th
          {'frequency':'monthly','day_of_month':'last'} | every month on the last day
          {'frequency':'monthly','day_of_month':-2} | every month on the 2nd to last day
          {'frequency':'monthly','day_of_month':'last_working'} | every month on the last working day
          {'frequency':'monthly','days':['fri'],'nth':3} | every month on the 3rd Friday
          {'frequency':'monthly','interval':2,'days':['fri'],'nth':'last'} | every 2 months on the last Friday
          {'frequency':'yearly','months':[11],'days':['thu'],'nth':4} | every year on the 4th Thursday of November
          {'frequency':'yearly','months':['mar'],'day_of_month':5} | every year on the 5th of March
          {'frequency':'yearly','months':[6,12]} | every year in June and December
          {'frequency':'daily','interval':3,'anchor':'completion'} | every 3 days, counted from completion
          {'frequency':'daily','catch_up':'all'} | every day, past ones too
          {'frequency':'daily','exdates':['2026-12-25']} | every day, except on 2026-12-25
          {'rrule':'FREQ=MONTHLY;BYDAY=3FR'} | every month on the 3rd Friday
          {'rrule':'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T120000Z'} | every week on Monday until 2027-01-31
          {'rrule':'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'} | every month on the last of Monday, Tuesday, Wednesday, Thursday and Friday
          {'rrule':'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR'} | every month on the 13th that is a Friday
          {'rrule':'FREQ=YEARLY;BYDAY=20MO'} | every year on the 20th Monday
          {'rrule':'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'} | every year on Monday of week 20
          {'rrule':'FREQ=YEARLY;BYYEARDAY=1,100'} | every year on the 1st and 100th day
          {'rrule':'FREQ=DAILY;BYMONTH=1'} | every day in January
          {'rrule':'FREQ=HOURLY;INTERVAL=3;BYDAY=MO'} | every 3 hours on Monday
          {'rrule':'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30'} | every day at 09:30 and 17:30
          {'cron':'0 9 * * 1-5'} | at 09:00 on Monday to Friday
          {'cron':'*/15 * * * *'} | every 15 minutes
          {'cron':'* * * * *'} | every minute
          {'cron':'5 * * * *'} | at minute 5 of every hour
          {'cron':'*/20 9-17 * * 1,3'} | every 20 minutes from 09:00 to 17:59 on Monday and Wednesday
          {'cron':'0 0 13 * 5'} | at 00:00 on the 13th or on Friday
          {'cron':'0 9 */10 * 1-5'} | at 09:00 on the 1st, 11th, 21st and 31st if that is Monday to Friday
          {'cron':'0 0 13 * 0-6'} | at 00:00 every day
          {'cron':'@yearly'} | at 00:00 on the 1st in January
          {'cron':'0 0 9 LW * ?','dialect':'quartz'} | at 09:00 on the last weekday of the month
          {'cron':'0 0 9 ? * FRI#3','dialect':'quartz'} | at 09:00 on the 3rd Friday of the month
          """)
  void a_rule_says_what_it_means(String json, String description) {
    assertThat(rule(json).describe()).isEqualTo(description);
  }
}
