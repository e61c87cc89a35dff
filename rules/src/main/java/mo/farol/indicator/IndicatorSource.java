package mo.farol.indicator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where indicators come from and what is held of them.
 *
 * @param name for people, in hits and reports
 * @param file its file, by its name within the folder
 * @param tlp what they are marked with where they carry no marking of their own
 * @param confidence 0 to 100, where they give none
 * @param expiry their term where they give no end: counted from their own beginning, else from the
 *     time of the file; empty for none
 * @param agencies ids of the agencies whose events they count for; empty for everybody's
 * @param columns of a CSV file: what a column means to us, by one of {@code value, kind, id,
 *     confidence, tlp, from, until, labels}, and the header's name for it
 * @param everyAttribute of MISP events: those not meant for detection too
 * @param feed the TAXII collection its file is filled from; empty for a file that others write
 * @param owner the agency whose people added it; empty for the centre
 */
public record IndicatorSource(
    String name,
    String file,
    Format format,
    Tlp tlp,
    int confidence,
    Optional<Duration> expiry,
    Set<String> agencies,
    Map<String, String> columns,
    boolean everyAttribute,
    Optional<TaxiiFeed> feed,
    Optional<String> owner) {
  /** Confidence where nobody gives one. */
  public static final int CONFIDENCE = 50;

  public IndicatorSource {
    agencies = Set.copyOf(agencies);
    columns = Map.copyOf(columns);
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence is 0 to 100, not " + confidence);
    }
  }

  /** A source of the centre whose file others write. */
  public IndicatorSource(
      String name,
      String file,
      Format format,
      Tlp tlp,
      int confidence,
      Optional<Duration> expiry,
      Set<String> agencies,
      Map<String, String> columns,
      boolean everyAttribute) {
    this(
        name,
        file,
        format,
        tlp,
        confidence,
        expiry,
        agencies,
        columns,
        everyAttribute,
        Optional.empty(),
        Optional.empty());
  }

  /** A file alone: TLP:AMBER, confidence 50, no end, everybody's. */
  public static IndicatorSource of(String file, Format format) {
    return new IndicatorSource(
        file, file, format, Tlp.AMBER, CONFIDENCE, Optional.empty(), Set.of(), Map.of(), false);
  }
}
