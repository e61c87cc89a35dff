package mo.farol.page;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import mo.farol.saved.Wanted;

/**
 * What a request asks for, read leniently: pages show something sensible where a value is broken.
 */
final class Asked {
  private Asked() {}

  static String text(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  static Optional<String> some(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(t -> !t.isBlank());
  }

  static String form(Context context, String name) {
    return Optional.ofNullable(context.formParam(name)).orElse("");
  }

  /** A length such as {@code 15m}, {@code 24h}, {@code 7d}. */
  static Optional<Duration> span(String text) {
    if (!text.matches("\\d{1,5}[mhd]")) {
      return Optional.empty();
    }
    long n = Long.parseLong(text.substring(0, text.length() - 1));
    return Optional.of(
        switch (text.charAt(text.length() - 1)) {
          case 'm' -> Duration.ofMinutes(n);
          case 'h' -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        });
  }

  /**
   * An instant, with or without a zone: none means UTC. One beyond the years 1 to 9999 is brought
   * within.
   */
  static Optional<Instant> instant(String text) {
    try {
      if (text.isBlank()) {
        return Optional.empty();
      }
      return Optional.of(
              text.endsWith("Z")
                  ? Instant.parse(text)
                  : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC))
          .map(Wanted::near);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Only a path of our own to come back to. */
  static String ownPath(String path) {
    return path.matches("/(?![/\\\\])[!-~]*") ? path : "/";
  }
}
