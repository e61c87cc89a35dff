package mo.farol.health;

import java.util.Locale;

/**
 * Something that is wrong now.
 *
 * @param detail what those who run the machine must know; empty where the kind says all
 */
public record Trouble(Kind kind, String detail) {
  /** What is in trouble. */
  public enum Kind {
    /** Nothing can be kept: senders get no answer, or one that says to come again. */
    JOURNAL,
    /** What arrives is kept and not searchable yet. */
    INDEX,
    /** What is there is not what was signed, or can't be signed. */
    SEAL,
    /** Damage was found in the journal and set aside. */
    QUARANTINE,
    /** A day of the index could not be read and is made again. */
    MENDING,
    /** A day of the index was made again and lacks events it had. */
    INCOMPLETE,
    /** The clock is so far ahead that retention does not believe it. */
    CLOCK,
    /** Certificates or tokens end within days, or have ended; for who runs the machine. */
    ENDING,
    /** No whole backup is young enough, or the last one failed; for who runs the machine. */
    BACKUP;

    /** The kind as scripts read it: {@code journal}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the centre does not do what it promises while this lasts. */
    public boolean isGrave() {
      return this == JOURNAL || this == INDEX || this == SEAL;
    }
  }
}
