package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The entries of the book as a journal of months: those of one day, each a day after the other. */
final class BookDays {
  private static final LocalDate ENTRY_DAY = LocalDate.parse("2025-06-03");
  private static final LocalDate FIRST = LocalDate.parse("2025-04-01");
  private static final Pattern DAY = Pattern.compile("2025-06-03(?=[T ])");
  private static final Pattern EVENT_TIME = Pattern.compile("eventtime=(\\d+)");

  private BookDays() {}

  static List<Feed.Line> lines(Path book) throws IOException {
    try (var folders = Files.list(book)) {
      var lines = new ArrayList<Feed.Line>();
      var day = FIRST;
      for (Path entry : folders.filter(Files::isDirectory).sorted().toList()) {
        var all = Feed.lines(entry.resolve("events.log"));
        if (all.stream().allMatch(line -> DAY.matcher(line.text()).find())) {
          for (var line : all) {
            lines.add(new Feed.Line(line.agency(), moved(line.text(), day)));
          }
          day = day.plusDays(1);
        }
      }
      assertThat(day).isAfter(LocalDate.parse("2025-05-01"));
      assertThat(lines).as("the long entries too").hasSizeGreaterThan(1_500);
      return List.copyOf(lines);
    }
  }

  private static String moved(String line, LocalDate day) {
    long nanos = Duration.between(ENTRY_DAY.atStartOfDay(), day.atStartOfDay()).toNanos();
    String moved = DAY.matcher(line).replaceAll(day.toString());
    return EVENT_TIME
        .matcher(moved)
        .replaceAll(found -> "eventtime=" + (Long.parseLong(found.group(1)) + nanos));
  }
}
