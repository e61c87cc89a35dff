package mo.farol.syslog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a TCP listener tells where a message ends. */
public enum Framing {
  /** As each sender shows: an octet count, LF, NUL, or by how messages begin. */
  AUTO,
  /** As each sender shows by an octet count, LF or NUL; nothing is guessed. */
  SHOWN,
  /** RFC 6587 octet counting (section 3.4.1) only. */
  OCTET,
  /** A line feed only. */
  LF,
  /** A NUL only: messages may have several lines. */
  NUL;

  /** The one of this name in the configuration. */
  public static Optional<Framing> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
  }

  /** Its name in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
