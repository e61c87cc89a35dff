package mo.farol.silence;

import java.time.Instant;
import java.util.Locale;

/**
 * What is not as usual with a source.
 *
 * @param kind in which way
 * @param since when it began, as far as that can be told
 * @param what the program that is quiet; empty for the source as a whole
 * @param expected what is usual: events an hour, or seconds that its clock is off
 * @param seen what is there instead, in the same unit
 * @param dayOff whether it looks as on this source's days off: it did not begin, rather than stop
 */
public record Trouble(
    Kind kind, Instant since, String what, double expected, double seen, boolean dayOff) {
  /** In which way a source is not as usual. */
  public enum Kind {
    /** Nothing comes, though at this hour of the week something does. */
    SILENT,
    /** One program of a host says nothing, while the host goes on. */
    PARTIAL,
    /** Less than a tenth of what is usual at this hour of the week. */
    FALL,
    /** More than ten times what is usual at this hour of the week. */
    SURGE,
    /** The clock went away from where it was. */
    DRIFT;

    /** Its name in lower case, for the API and for words. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Trouble asOnDayOff(boolean off) {
    return new Trouble(kind, since, what, expected, seen, off);
  }
}
