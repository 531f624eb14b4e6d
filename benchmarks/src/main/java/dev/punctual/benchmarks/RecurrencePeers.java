package dev.punctual.benchmarks;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.punctual.recurrence.Occurrences;
import dev.punctual.recurrence.RecurrenceRule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.fortuna.ical4j.model.Recur;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import tools.jackson.databind.node.JsonNodeFactory;

/** The same two questions to a rule, asked of each library as its documentation shows it. */
final class RecurrencePeers {

  /** Who answers; {@code next} five years past the start, and the {@code first} 1,000. */
  record Peer(String name, Supplier<Object> next, Supplier<Object> first) {}

  private static final int MANY = 1_000;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDateTime START = LocalDateTime.of(2026, 11, 2, 9, 0);
  private static final ZonedDateTime ZONED_START = START.atZone(ZONE);
  private static final ZonedDateTime LATER = ZONED_START.plusYears(5);
  private static final Instant AFTER = LATER.toInstant();

  private RecurrencePeers() {}

  static List<Peer> ofRRule(String text, boolean quick) {
    var json = JsonNodeFactory.instance.objectNode().put("rrule", text);
    List<Peer> peers = ours(RecurrenceRule.parse(json));
    if (!quick) {
      peers.add(libRecur(text));
      peers.add(ical4j(text));
    }
    return peers;
  }

  static List<Peer> ofCron(String text, boolean quick) {
    var json = JsonNodeFactory.instance.objectNode().put("cron", text);
    List<Peer> peers = ours(RecurrenceRule.parse(json));
    if (!quick) {
      peers.add(cronUtils(text));
    }
    return peers;
  }

  private static List<Peer> ours(RecurrenceRule rule) {
    List<Peer> peers = new ArrayList<>();
    peers.add(
        new Peer(
            "punctual",
            () -> rule.occurrences(START, ZONE).next(AFTER),
            () -> rule.occurrences(START, ZONE).first(Occurrences.MOST)));
    peers.add(floor());
    return peers;
  }

  /** What no implementation can save: a local date-time becomes an instant. */
  private static Peer floor() {
    return new Peer(
        "floor",
        () -> START.plusDays(1_826).atZone(ZONE).toInstant(),
        () -> {
          List<Instant> instants = new ArrayList<>();
          for (int i = 0; i < MANY; i++) {
            instants.add(START.plusDays(i).atZone(ZONE).toInstant());
          }
          return instants;
        });
  }

  /** On floating date-times, which is its fastest, and without the way to an instant. */
  private static Peer libRecur(String text) {
    DateTime start = new DateTime(2026, 10, 2, 9, 0, 0);
    DateTime later = new DateTime(2031, 10, 2, 9, 0, 1);
    org.dmfs.rfc5545.recur.RecurrenceRule rule;
    try {
      rule = new org.dmfs.rfc5545.recur.RecurrenceRule(text);
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException(text, e);
    }
    return new Peer(
        "lib-recur",
        () -> {
          RecurrenceRuleIterator iterator = rule.iterator(start);
          iterator.fastForward(later);
          return iterator.nextDateTime();
        },
        () -> {
          RecurrenceRuleIterator iterator = rule.iterator(start);
          List<DateTime> times = new ArrayList<>();
          for (int i = 0; i < MANY; i++) {
            times.add(iterator.nextDateTime());
          }
          return times;
        });
  }

  private static Peer ical4j(String text) {
    Recur<ZonedDateTime> recur = new Recur<>(text);
    ZonedDateTime end = ZONED_START.plusYears(1_100);
    return new Peer(
        "ical4j",
        () -> recur.getNextDate(ZONED_START, LATER),
        () -> recur.getDates(ZONED_START, ZONED_START, end, MANY));
  }

  private static Peer cronUtils(String text) {
    ExecutionTime cron =
        ExecutionTime.forCron(
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
    return new Peer(
        "cron-utils",
        () -> cron.nextExecution(LATER),
        () -> {
          List<ZonedDateTime> times = new ArrayList<>();
          var next = cron.nextExecution(ZONED_START);
          while (next.isPresent() && times.size() < MANY) {
            times.add(next.get());
            next = cron.nextExecution(next.get());
          }
          return times;
        });
  }
}
