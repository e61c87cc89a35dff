package mo.farol.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that opens a door and ends, or has just ended.
 *
 * @param kind what it is
 * @param agency whose; empty for the centre's own
 * @param name serial or id, as lists show it; empty where there is only one
 * @param at when it ends
 * @param commands what to type, in order; empty where no command is needed
 */
public record Ending(
    Kind kind, Optional<String> agency, String name, Instant at, List<String> commands) {
  public Ending {
    commands = List.copyOf(commands);
  }

  /** What ends. */
  public enum Kind {
    /** An agency's client certificate. */
    CLIENT,
    /** A token by which an agency sends. */
    TOKEN,
    /** A token by which a program uses the API. */
    ACCESS,
    /** The certificate of our own authority: all that it issued end with it. */
    AUTHORITY,
    /** The certificate of the console. */
    CONSOLE,
    /** The certificate of the listeners. */
    LISTENERS;

    /** The kind as scripts read it: {@code client}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One of the centre's own. */
  public static Ending ours(Kind kind, Instant at) {
    return new Ending(kind, Optional.empty(), "", at, List.of());
  }

  /** Whether it has ended. */
  public boolean isOver(Instant now) {
    return !at.isAfter(now);
  }

  /** Whole days that are left, or that it is over. */
  public long days(Instant now) {
    return Duration.between(now, at).abs().toDays();
  }

  /** What ends and when, for logs and scripts: {@code water client 2026-12-01}. */
  String brief() {
    return "%s %s %s"
        .formatted(agency.orElse("farol"), kind.word(), at.toString().substring(0, 10));
  }
}
