package mo.farol.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import mo.farol.event.Excerpt;
import mo.farol.event.Printable;

/** How values look on a screen. */
public final class Shown {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Shown() {}

  /**
   * Text out of a log: control and direction-changing characters as codes. Escaping for HTML is the
   * template's.
   */
  public static String log(String text) {
    return Printable.text(text);
  }

  /** At most so many characters of a log's text, the cut marked. */
  public static String log(String text, int most) {
    return text.length() <= most ? log(text) : log(Excerpt.of(text, most)) + "…";
  }

  /**
   * One step of an alert's why for a list: the rule's id and version, which its own page gives,
   * left out.
   */
  public static String why(java.util.List<String> why, int most) {
    return why.isEmpty()
        ? ""
        : log(why.getFirst().replaceAll(" \\([0-9a-z-]{3,40}, version [0-9a-f]{4,}\\)", ""), most);
  }

  /** An instant in UTC, to the second. */
  public static String time(Instant at) {
    return STAMP.format(at);
  }

  /** An instant as a form field takes it. */
  public static String field(Instant at) {
    return FIELD.format(at);
  }

  /** How long, in its largest unit: {@code 42 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}. */
  public static String span(Duration duration) {
    long seconds = Math.abs(duration.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    if (seconds < 90 * 60) {
      return seconds / 60 + " min";
    }
    return seconds < 36 * 3600 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  /** How far a clock is off, with a minus where it is behind; less than a second is none. */
  public static String offset(Duration duration) {
    return (duration.toMillis() <= -1000 ? "−" : "") + span(duration.abs());
  }

  /** A count with groups of three. */
  public static String count(long n) {
    return "%,d".formatted(n).replace(',', '\u202f');
  }
}
