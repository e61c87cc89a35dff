package mo.farol.bench;

import java.time.Duration;
import java.time.Instant;
import mo.farol.sample.Traffic;

/** The questions of an analyst's day; every call has other parameters. */
enum Asked {
  BUSY("term on source.ip (busy), newest 50"),
  RARE("term on source.ip (rare), newest 50"),
  TEXT("failed AND password, 15 min, newest 50"),
  HISTOGRAM("date histogram, 60 bins, over everything"),
  FILTERED("the same of failed AND password"),
  USERS("top 10 of user.name over everything"),
  WILDCARD("wildcard *seg*.js on url.path, newest 50"),
  NONE("term that no event has: what asking costs");

  /** Most calls of one kind for which every parameter differs. */
  static final int DIFFERENT = 1000;

  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final String FAILED = "failed";
  private static final String PASSWORD = "password";

  private final String words;

  Asked(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The question of call {@code i} over events from this instant on. */
  Question question(int i, Instant from) {
    var to = from.plus(Traffic.SPAN);
    // Later than the last event, and never the same: what was answered before is of no use.
    var beyond = to.plusMillis(i);
    return switch (this) {
      case BUSY -> new Question.Term("source.ip", Traffic.address(i % 100), from, to);
      case RARE -> new Question.Term("source.ip", Traffic.address(5_000 + 17 * i), from, to);
      case TEXT -> text(i, from);
      case HISTOGRAM -> new Question.Counts("", "", from, beyond);
      case FILTERED -> new Question.Counts(FAILED, PASSWORD, from, beyond);
      case USERS -> new Question.Top("user.name", 10, from, beyond);
      case WILDCARD -> new Question.Wildcard("url.path", "*" + segment(i) + "*.js", from, to);
      case NONE -> new Question.Term("source.ip", "192.0.2." + i % 256, from, to);
    };
  }

  private static Question text(int i, Instant from) {
    long within = Traffic.SPAN.minus(WINDOW).toSeconds();
    var start = from.plusSeconds(i * 7919L % within);
    return new Question.Text(FAILED, PASSWORD, start, start.plus(WINDOW));
  }

  // Four digits out of the middle of a script's name.
  private static String segment(int i) {
    return Traffic.digits(i * 1330).substring(2, 6);
  }
}
