package mo.farol.alert;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hours of a week, such as {@code Sat,Sun 22:00-06:00 Asia/Macau}: days, a time of day, a zone.
 * What goes over midnight belongs to the day it began. Without days every day, without zone UTC.
 *
 * @param from its first moment
 * @param to the moment after its last
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z,-]+)\\s+)?(\\d{2}:\\d{2})-(\\d{2}:\\d{2})(?:\\s+([\\w/+:-]+))?");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  public Hours {
    days = Set.copyOf(days);
  }

  /** Reads hours; throws {@link IllegalArgumentException} that says how they are written. */
  public static Hours parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "hours are written 'Mon-Fri 08:00-18:00 Asia/Macau', not '%s'"
              .formatted(Bounded.text(text, 60)));
    }
    try {
      return new Hours(
          form.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(form.group(1)),
          LocalTime.parse(form.group(2)),
          time(form.group(3)),
          form.group(4) == null ? ZoneId.of("UTC") : ZoneId.of(form.group(4)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s': %s".formatted(Bounded.text(text, 60), e.getMessage()), e);
    }
  }

  /** Whether a moment lies in them. */
  public boolean contains(Instant moment) {
    var local = moment.atZone(zone);
    if (from.isBefore(to)) {
      return isDay(local) && isAfterStart(local) && local.toLocalTime().isBefore(to);
    }
    return isDay(local) && isAfterStart(local)
        || isDay(local.minusDays(1)) && local.toLocalTime().isBefore(to);
  }

  private boolean isDay(ZonedDateTime local) {
    return days.contains(local.getDayOfWeek());
  }

  private boolean isAfterStart(ZonedDateTime local) {
    return !local.toLocalTime().isBefore(from);
  }

  // 24:00 is the midnight that ends the day.
  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }

  private static Set<DayOfWeek> days(String text) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      int dash = part.indexOf('-');
      int first = day(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : day(part.substring(dash + 1));
      for (int day = first; ; day = (day + 1) % 7) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static int day(String word) {
    int day = DAYS.indexOf(word);
    if (day < 0) {
      throw new IllegalArgumentException(
          "days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, not '" + Bounded.text(word, 20) + "'");
    }
    return day;
  }
}
