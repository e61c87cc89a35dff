package mo.farol.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What an import did: lines made durable now, lines that were before, the lanes they travelled in.
 */
record ImportCounts(long imported, long skipped, List<String> lanes) {
  static final ImportCounts NONE = new ImportCounts(0, 0, List.of());

  ImportCounts plus(ImportCounts other) {
    var both = new ArrayList<>(lanes);
    both.addAll(other.lanes);
    return new ImportCounts(imported + other.imported, skipped + other.skipped, both);
  }
}
