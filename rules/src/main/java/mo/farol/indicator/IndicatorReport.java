package mo.farol.indicator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was read into a set.
 *
 * @param size values the set holds
 * @param muted how many of them are muted
 * @param remarks files that no source names, warning lists that can't be read
 * @param readAt when the set was made
 * @param fault why files that changed since have not been taken in; empty where they have
 */
public record IndicatorReport(
    List<SourceReport> sources,
    int size,
    int muted,
    List<String> remarks,
    Instant readAt,
    Optional<String> fault) {
  public IndicatorReport {
    sources = List.copyOf(sources);
    remarks = List.copyOf(remarks);
  }

  /** Entries refused, of all sources. */
  public int refusedCount() {
    return sources.stream().mapToInt(SourceReport::refusedCount).sum();
  }

  /** Whether all there is was read: every source to its end, and every change since. */
  public boolean isWhole() {
    return fault.isEmpty() && sources.stream().allMatch(SourceReport::isWhole);
  }

  IndicatorReport with(Optional<String> newFault) {
    return new IndicatorReport(sources, size, muted, remarks, readAt, newFault);
  }
}
