package mo.farol.app;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.centre.Usage;
import picocli.CommandLine.Option;

/**
 * {@code --from}, {@code --to} and {@code --agency}, alike in every command that asks for events.
 * What holds without them is the command's to say.
 */
final class PeriodOptions {
  private static final Pattern AGO = Pattern.compile("\\d{1,6}[mhd]");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "first instant, or how long ago such as 2h")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "T", description = "last instant, exclusive (default: now)")
  private Optional<String> to;

  @Option(names = "--agency", paramLabel = "A", description = "one agency only")
  private Optional<String> agency;

  Optional<String> agency() {
    return agency;
  }

  /** Whether a first instant was given. */
  boolean hasFrom() {
    return from.isPresent();
  }

  /** The first instant; throws {@link Usage} where it is none. */
  Optional<Instant> from(Instant now) {
    return from.map(text -> instant(text, now));
  }

  /** The instant after the last; throws {@link Usage} where it is none. */
  Optional<Instant> to(Instant now) {
    return to.map(text -> instant(text, now));
  }

  // As people write it: a day, an instant, or how long ago.
  private static Instant instant(String text, Instant now) {
    if (AGO.matcher(text).matches()) {
      long n = Long.parseLong(text.substring(0, text.length() - 1));
      return now.minus(
          switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(n);
            case 'h' -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
          });
    }
    try {
      return Instant.parse(DAY.matcher(text).matches() ? text + "T00:00:00Z" : text);
    } catch (DateTimeParseException e) {
      throw new Usage(
          "a time is a day (UTC), an instant such as 2026-11-24T08:00:00Z, or 15m, 2h, 7d ago, not"
              + " '"
              + text
              + "'");
    }
  }
}
