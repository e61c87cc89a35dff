package mo.farol.bench;

import java.util.List;

/**
 * What a program said, so that two can be compared.
 *
 * @param total events that match
 * @param details times of the rows in milliseconds, newest first; or counts, bin by bin or value by
 *     value, none of them 0
 */
record Answer(long total, List<Long> details) {
  Answer {
    details = List.copyOf(details);
  }

  /** In what this differs from another, in words; empty where in nothing. */
  String difference(Answer other) {
    if (total != other.total) {
      return "%,d events against %,d".formatted(total, other.total);
    }
    if (details.size() != other.details.size()) {
      return "%d rows against %d".formatted(details.size(), other.details.size());
    }
    for (int i = 0; i < details.size(); i++) {
      if (!details.get(i).equals(other.details.get(i))) {
        return "row %d: %d against %d".formatted(i + 1, details.get(i), other.details.get(i));
      }
    }
    return "";
  }
}
