package mo.farol.indicator;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** What came of a collection. */
public interface TaxiiPages {
  /** Takes one envelope of objects (TAXII 2.1 section 3.7) as JSON. */
  void page(InputStream envelope) throws java.io.IOException;

  /**
   * How far a collection was read.
   *
   * @param pages answers taken
   * @param addedLast when the newest of the objects was added; ask for what came after it next time
   */
  record Progress(int pages, Optional<Instant> addedLast) {}
}
